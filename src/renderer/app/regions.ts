const REGION = '[data-region], [role="dialog"]:not([data-region] *)';
const TABBABLE =
  'a[href], button:not(:disabled), input:not(:disabled), select, textarea, summary, [tabindex]:not([tabindex="-1"])';

const shown = (element: Element): boolean => element.getClientRects().length > 0;

/** Where the focus goes on entering a part: what the part names, the screen that is open, or its first control. */
const entryOf = (region: HTMLElement): HTMLElement => {
  const wanted = ['[data-region-start]', '[aria-current="page"]', TABBABLE].flatMap((selector) => [
    ...region.querySelectorAll<HTMLElement>(selector),
  ]);
  return wanted.find(shown) ?? region;
};

/** Moves the focus to the next part of the window, or back. Alerts that are shown come first for whoever is in no part. */
export function moveRegion(step: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>(REGION)].filter(
    (region) => shown(region) && (region.dataset['region'] !== 'alerts' || region.childElementCount > 0),
  );
  const now = regions.findIndex((region) => region.contains(document.activeElement));
  const alerts = regions.findIndex(({ dataset }) => dataset['region'] === 'alerts');
  const screen = regions.findIndex(({ dataset }) => dataset['region'] === 'screen');
  const next = now >= 0 ? (now + step + regions.length) % regions.length : alerts >= 0 ? alerts : screen;
  const region = regions[next];
  if (region !== undefined) entryOf(region).focus();
}
