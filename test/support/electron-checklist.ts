/** Electron's security checklist, point by point, as the product keeps it. A test that checks a point carries `[checklist N]` in its name. */
export const CHECKLIST: readonly (readonly [point: number, rule: string])[] = [
  [1, 'only secure content: the page loads itself, and nothing in clear text'],
  [2, 'no Node in the page'],
  [3, 'context isolation'],
  [4, 'the sandbox, and no switch that ends it'],
  [5, 'permissions refused, but a copy to the clipboard'],
  [6, 'web security on'],
  [7, 'a content policy as a header'],
  [8, 'no insecure content'],
  [9, 'no experimental features'],
  [10, 'no blink features'],
  [11, 'no webview'],
  [12, 'webviews are refused when they attach'],
  [13, 'no navigation'],
  [14, 'no new windows'],
  [15, 'a browser opens known sites only, after a question'],
  [16, 'a current Electron'],
  [17, 'who speaks over IPC is checked, in one place'],
  [18, 'no file://, and no path to climb'],
  [19, 'fuses'],
  [20, 'no Electron in the page: three functions'],
];

export type Check = { readonly title: string; readonly passed: boolean };

export type PointResult = {
  readonly label: string;
  readonly passed: number;
  readonly failed: readonly string[];
  readonly met: boolean;
};

const judged = (label: string, tag: string, checks: readonly Check[]): PointResult => {
  const own = checks.filter(({ title }) => title.includes(tag));
  const failed = own.filter(({ passed }) => !passed).map(({ title }) => title);
  return { label, passed: own.length - failed.length, failed, met: own.length > 0 && failed.length === 0 };
};

/** A point is met when at least one check of it ran, and none failed. */
export const judgePoints = (checks: readonly Check[]): readonly PointResult[] =>
  CHECKLIST.map(([point, rule]) => judged(`${point} ${rule}`, `[checklist ${point}]`, checks));

export const judgeFuses = (
  fuses: readonly (readonly [string, string])[],
  checks: readonly Check[],
): readonly PointResult[] => fuses.map(([name, state]) => judged(`fuse ${name} ${state}`, `[fuse ${name}]`, checks));
