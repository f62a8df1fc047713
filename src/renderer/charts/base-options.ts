import {
  ColorType,
  CrosshairMode,
  type DeepPartial,
  TickMarkType,
  type Time,
  type TimeChartOptions,
} from 'lightweight-charts';
import { clockText, dateText, shortDateTimeText } from '#shared/format/time.ts';
import { CHART_FONT, type ChartTheme } from './chart-theme.ts';

/** The library counts in seconds of UTC and knows no zones. */
export const secondsOf = (ms: number): number => Math.floor(ms / 1000);
export const msOf = (time: Time): number => Number(time) * 1000;

/** Colours alone, for a change of theme. */
export const themeOptions = (theme: ChartTheme): DeepPartial<TimeChartOptions> => ({
  layout: {
    background: { type: ColorType.Solid, color: theme.background },
    textColor: theme.text,
    panes: { separatorColor: theme.line, separatorHoverColor: theme.line, enableResize: false },
  },
  grid: { vertLines: { color: theme.grid }, horzLines: { color: theme.grid } },
  crosshair: {
    vertLine: { color: theme.cross, labelBackgroundColor: theme.label },
    horzLine: { color: theme.cross, labelBackgroundColor: theme.label },
  },
  rightPriceScale: { borderColor: theme.line },
  timeScale: { borderColor: theme.line },
});

const tick = (ms: number, type: TickMarkType, zone: string): string => {
  if (type === TickMarkType.Year) return dateText(ms, zone).slice(0, 4);
  if (type === TickMarkType.Month || type === TickMarkType.DayOfMonth)
    return shortDateTimeText(ms, zone).split(' ').slice(0, 2).join(' ');
  return clockText(ms, zone);
};

/** Options every chart shares. The logo is off because it writes HTML, which the security policy forbids; the credit is ours to show. */
export const baseOptions = (theme: ChartTheme, zone: string): DeepPartial<TimeChartOptions> => {
  const { layout, ...colours } = themeOptions(theme);
  return {
    ...colours,
    autoSize: true,
    layout: { ...layout, attributionLogo: false, fontFamily: CHART_FONT, fontSize: 11 },
    crosshair: { ...colours.crosshair, mode: CrosshairMode.Normal },
    rightPriceScale: { ...colours.rightPriceScale, minimumWidth: 72, scaleMargins: { top: 0.08, bottom: 0.06 } },
    timeScale: {
      ...colours.timeScale,
      timeVisible: true,
      secondsVisible: false,
      rightOffset: 4,
      // Whoever draws decides what stays in view; the library's own shifting depends on what it has painted so far.
      shiftVisibleRangeOnNewBar: false,
      tickMarkFormatter: (time: Time, type: TickMarkType) => tick(msOf(time), type, zone),
    },
    localization: { locale: 'en-GB', timeFormatter: (time: Time) => shortDateTimeText(msOf(time), zone) },
    handleScale: { axisPressedMouseMove: { time: true, price: true } },
  };
};
