export type ProofSize = 'ci' | 'nightly';

export type ProofContext = {
  readonly size: ProofSize;
  readonly seed: number;
  /** An empty folder of its own; removed afterwards. */
  readonly scratch: string;
  /** One line of progress for the person who waits. */
  say(line: string): void;
};

export type ProofRow = {
  /** What was asked, with the goal's own limit: "SIGKILLs at failpoints: lost, duplicated, unresolved". */
  readonly what: string;
  readonly goal: string;
  readonly measured: string;
  /** Cases behind the figure. */
  readonly n: number;
  /**
   * `clock`: a goal in milliseconds, which a busy machine may miss; `control`: a planted bug that had to be seen, met when it was; `figure`:
   * told, and never a reason to fail.
   */
  readonly kind: 'goal' | 'clock' | 'control' | 'figure';
  readonly met: boolean;
};

export type ProofOutcome =
  | { readonly kind: 'ran'; readonly rows: readonly ProofRow[] }
  | { readonly kind: 'not run'; readonly why: string };

/** One goal of reliability or security, shown by doing it. */
export type Proof = {
  /** `R1`, `S4`... */
  readonly id: string;
  readonly title: string;
  run(context: ProofContext): Promise<ProofOutcome>;
};
