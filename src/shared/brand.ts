declare const brand: unique symbol;

/** A nominal type: a `Brand<string, 'RunId'>` can be made only by the function that validates it. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };
