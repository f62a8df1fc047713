import { floatText } from './figures.ts';

type FactLike = {
  readonly value: number;
  readonly unit: 'fraction' | 'index' | 'price' | 'ratio' | 'score' | 'bars' | 'count';
};

/** The value of a fact in its unit: a fraction as percent, an index with one decimal, a score signed. */
export function factText({ value, unit }: FactLike): string {
  if (!Number.isFinite(value)) return 'unknown';
  switch (unit) {
    case 'fraction':
      return `${floatText(value * 100, 2, { sign: 'always' })}%`;
    case 'index':
      return floatText(value, 1);
    case 'price':
      return floatText(value, Math.abs(value) < 1 ? 6 : 2);
    case 'ratio':
      return floatText(value, 2);
    case 'score':
      return floatText(value, 2, { sign: 'always' });
    case 'count':
      return floatText(value, 0);
    case 'bars':
      return `${floatText(value, 0)} candles`;
  }
}
