import { pair } from '../define.ts';
import { candleOf, hasFallen } from '../measures.ts';

export const piercing = pair(
  'candle',
  {
    name: 'piercing-line',
    label: 'piercing line',
    what: 'After a decline a rising candle opens at or below a long falling one and closes above its middle, not its top.',
  },
  {
    name: 'dark-cloud-cover',
    label: 'dark cloud cover',
    what: 'After a rise a falling candle opens at or above a long rising one and closes below its middle, not its foot.',
  },
  (view) => {
    const [first, second] = [candleOf(view, 1), candleOf(view, 0)];
    return (
      hasFallen(view, 2) &&
      first.body <= -0.7 * view.unit &&
      // Nison asks for an open below the low; markets that never close hardly ever gap, so the close must do.
      second.open <= first.close + 0.05 * view.unit &&
      second.close > (first.open + first.close) / 2 &&
      second.close < first.open
    );
  },
);
