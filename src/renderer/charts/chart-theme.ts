/** The colours of a chart, read from the tokens of the page so that a chart can never disagree with the screen around it. */
export type ChartTheme = {
  readonly background: string;
  readonly text: string;
  readonly muted: string;
  readonly grid: string;
  readonly line: string;
  readonly cross: string;
  readonly up: string;
  readonly down: string;
  readonly upSoft: string;
  readonly downSoft: string;
  readonly accent: string;
  readonly label: string;
};

/** Two hex digits of opacity behind a `#rrggbb` token: canvas colours know no `color-mix`. */
const soft = (hex: string, alpha: string): string => `${hex}${alpha}`;

export function readChartTheme(): ChartTheme {
  const styles = getComputedStyle(document.documentElement);
  const token = (name: string): string => styles.getPropertyValue(`--mt-${name}`).trim();
  const up = token('up');
  const down = token('down');
  return {
    background: token('bg1'),
    text: token('faint'),
    muted: token('muted'),
    grid: soft(token('hair'), '80'),
    line: token('hair'),
    cross: token('line'),
    label: token('bg3'),
    accent: token('accent'),
    up,
    down,
    upSoft: soft(up, '4d'),
    downSoft: soft(down, '4d'),
  };
}

export const CHART_FONT = "'JetBrains Mono Variable', monospace";
