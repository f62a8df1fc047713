import type { CandleController } from './candle-controller.ts';
import type { ChartTheme } from './chart-theme.ts';
import { createIndicatorLayer, type DrawnIndicators } from './indicator-layer.ts';
import { createRegimeBands, type DrawnBand } from './regime-bands.ts';
import { createStopDrag, type MovableStop } from './stop-drag.ts';

const NOTHING: DrawnIndicators = { openTime: new Float64Array(), series: [] };

type Options = {
  readonly theme: ChartTheme;
  readonly decimals: () => number;
  readonly onStop: (stop: MovableStop, price: number) => void;
};

/** What is drawn around the candles: panes, curves over them, bands behind them, and stops that can be carried. */
export type Around = {
  show(volume: boolean, indicators: DrawnIndicators | null, decimals: number): void;
  bands(bands: readonly DrawnBand[]): void;
  offer(stops: readonly MovableStop[]): void;
  paint(theme: ChartTheme): void;
  dispose(): void;
};

export function createAround(controller: CandleController, container: HTMLElement, options: Options): Around {
  const { chart, candles } = controller;
  let hasVolume = false;
  const layer = createIndicatorLayer(chart, () => (hasVolume ? 2 : 1), options.theme);
  const regimes = createRegimeBands(chart, options.theme);
  candles.attachPrimitive(regimes.primitive);
  const drag = createStopDrag({ container, chart, candles, decimals: options.decimals, onMove: options.onStop });
  return {
    show(volume, indicators, decimals) {
      // The pane of the volume is the first one: what stands in it makes room before it comes or goes.
      if (volume !== hasVolume) {
        layer.show(NOTHING, decimals);
        controller.showVolume(volume);
        hasVolume = volume;
      }
      layer.show(indicators ?? NOTHING, decimals);
    },
    bands: (bands) => regimes.show(bands),
    offer: (stops) => drag.offer(stops),
    paint(theme) {
      layer.paint(theme);
      regimes.paint(theme);
    },
    dispose: () => drag.dispose(),
  };
}
