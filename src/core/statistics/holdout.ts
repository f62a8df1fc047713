/**
 * The final holdout: data that are looked at once, when every choice has been made. A second look would make it part of the search.
 * Pure: the caller keeps the list of openings where it can't be forgotten, and hands it in.
 */
export type HoldoutOpening = {
  /** Hash of the whole dataset of which the holdout is the end. */
  readonly datasetHash: string;
  readonly instrumentId: string;
  /** Span of the holdout, UTC ms, `to` exclusive. */
  readonly from: number;
  readonly to: number;
  /** Hash of the one configuration that was judged. */
  readonly configurationHash: string;
  readonly openedAt: number;
};

export type HoldoutAnswer =
  | {
      readonly kind: 'opened';
      /** All openings, this one last: must be stored before the holdout is read. */
      readonly openings: readonly HoldoutOpening[];
      /**
       * Share of the span (0..1) that an earlier holdout of the same instrument covered: a dataset with a few new candles has a new
       * hash and old candles, and a figure made on it must say so.
       */
      readonly seenBefore: number;
    }
  | { readonly kind: 'refused'; readonly reason: string; readonly earlier: HoldoutOpening };

/** Opens the holdout of a dataset, once. A refusal names who opened it; nothing is changed by it. */
export function openHoldout(openings: readonly HoldoutOpening[], request: HoldoutOpening): HoldoutAnswer {
  if (!(request.to > request.from)) throw new RangeError(`an empty holdout: ${request.from} to ${request.to}`);
  const earlier = openings.find(({ datasetHash }) => datasetHash === request.datasetHash);
  if (earlier !== undefined) {
    const reason =
      'the holdout of these data was opened before; judging again would choose by it, so new data are needed';
    return { kind: 'refused', reason, earlier };
  }
  return { kind: 'opened', openings: [...openings, request], seenBefore: seenShare(openings, request) };
}

function seenShare(openings: readonly HoldoutOpening[], { instrumentId, from, to }: HoldoutOpening): number {
  const spans = openings
    .filter((opening) => opening.instrumentId === instrumentId && opening.to > from && opening.from < to)
    .map((opening) => [Math.max(from, opening.from), Math.min(to, opening.to)] as const)
    .sort(([a], [b]) => a - b);
  let [seen, until] = [0, from];
  for (const [start, end] of spans) {
    if (end <= until) continue;
    seen += end - Math.max(start, until);
    until = end;
  }
  return seen / (to - from);
}
