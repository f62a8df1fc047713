import { type ComponentType, use } from 'react';

/** A part of the window whose code is not in the first piece of the page. */
export type Later<P extends object> = ComponentType<P> & {
  /** Reads its code now, so that drawing it later does not wait. */
  readonly load: () => Promise<unknown>;
};

/** Draws a part as soon as its code is there: at once when it was read before, else when it has come. A reading that failed is tried anew. */
export function later<P extends object>(read: () => Promise<ComponentType<P>>): Later<P> {
  let there: ComponentType<P> | undefined;
  let coming: Promise<ComponentType<P>> | undefined;
  const load = (): Promise<ComponentType<P>> => {
    coming ??= read().then(
      (part) => {
        there = part;
        return part;
      },
      (error: unknown) => {
        coming = undefined;
        throw error;
      },
    );
    return coming;
  };
  const Part = (props: P) => {
    const Ready = there ?? use(load());
    return <Ready {...props} />;
  };
  return Object.assign(Part, { load });
}
