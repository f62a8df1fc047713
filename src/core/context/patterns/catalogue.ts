import { doji, longLeggedDoji } from './candle/doji.ts';
import { engulfing } from './candle/engulfing.ts';
import { harami } from './candle/harami.ts';
import { insideBar, outsideBar } from './candle/inside-outside.ts';
import { marubozu } from './candle/marubozu.ts';
import { dragonflyDoji, hammer, invertedHammer } from './candle/one-sided-shadows.ts';
import { piercing } from './candle/piercing.ts';
import { stars } from './candle/stars.ts';
import { threeSoldiers } from './candle/three-soldiers.ts';
import { tweezers } from './candle/tweezers.ts';
import { cup } from './chart/cup.ts';
import { divergence } from './chart/divergence.ts';
import { doubleExtreme } from './chart/double-extreme.ts';
import { flag } from './chart/flags.ts';
import { headAndShoulders } from './chart/head-and-shoulders.ts';
import { levelTouch } from './chart/level-touch.ts';
import { rangeBreakout } from './chart/range-breakout.ts';
import { flatTriangle, symmetricTriangle } from './chart/triangles.ts';
import { channelBreakout, wedge } from './chart/wedges-and-channels.ts';

/** Every pattern there is. Names are kept for good: journals and memories cite them. */
export const PATTERNS = [
  ...engulfing,
  ...hammer,
  ...invertedHammer,
  doji,
  longLeggedDoji,
  ...dragonflyDoji,
  ...stars,
  ...harami,
  ...piercing,
  ...threeSoldiers,
  ...marubozu,
  ...tweezers,
  insideBar,
  outsideBar,
  ...doubleExtreme,
  ...headAndShoulders,
  ...flatTriangle,
  ...symmetricTriangle,
  ...flag,
  ...wedge,
  ...channelBreakout,
  ...rangeBreakout,
  ...cup,
  ...levelTouch,
  ...divergence,
] as const;

export type PatternName = (typeof PATTERNS)[number]['name'];
