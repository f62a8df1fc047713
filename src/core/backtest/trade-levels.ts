import type { AnyDraft } from '../cycle/cycle-journal.ts';
import type { TradeLevels } from './types.ts';

export type LevelWatch = {
  /** Everything that an agent would journal, in order. */
  note(draft: AnyDraft): void;
  /** The position is flat again; `left`: what the fill was for that did it. */
  closed(left: string): void;
  done(): readonly TradeLevels[];
};

/** Where the protection of each trade of agents last was: one row for each round trip, in the order in which they ended. */
export function watchLevels(): LevelWatch {
  const rows: TradeLevels[] = [];
  let stop: number | undefined;
  let target: number | undefined;
  return {
    note({ type, payload }) {
      if (type !== 'order.submitted' || payload.price === null) return;
      if (payload.purpose === 'stop') stop = Number(payload.price);
      else if (payload.purpose === 'target') target = Number(payload.price);
    },
    closed(left) {
      rows.push({
        ...(stop === undefined ? {} : { stop }),
        ...(target === undefined ? {} : { target }),
        left: left === 'stop' || left === 'target' ? left : 'exit',
      });
      stop = undefined;
      target = undefined;
    },
    done: () => rows,
  };
}
