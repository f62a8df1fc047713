/** Waits and bounds of the order protocol, all in milliseconds. */
export type ProtocolSettings = {
  /** A venue may accept a request for so long after it was made; the request says so where the venue can be told. */
  readonly expiryMs: number;
  /** How far the venue's clock as we know it may be off; also the tolerance when something is looked for by time. */
  readonly skewMs: number;
  /** Added where a venue cannot be told an expiry: the longest that a request may be under way. */
  readonly lateArrivalMs: number;
  /** An order that the venue has shown before is given up only after it was missing everywhere for so long. */
  readonly vanishedMs: number;
  /** First and longest wait between two rounds of looking; each is twice the one before. */
  readonly firstWaitMs: number;
  readonly longestWaitMs: number;
  /** How long a report may take after a cancel or a total without its trades, before the venue is asked. */
  readonly reportMs: number;
  /** Between two looks at all open orders while the private stream is lost, and while it is well. */
  readonly pollMs: number;
  readonly auditMs: number;
  /** The dead man's switch: how often it is refreshed, and after how much silence the venue cancels everything. */
  readonly deadManRefreshMs: number;
  readonly deadManMs: number;
  /** Between two measurements of the venue's clock, and the offset above which nothing new is sent. */
  readonly clockRefreshMs: number;
  readonly worstOffsetMs: number;
  /** The wall clock and the monotonic one may drift apart by so much before everything is looked at again. */
  readonly jumpMs: number;
};

export const PROTOCOL_SETTINGS: ProtocolSettings = {
  expiryMs: 5_000,
  skewMs: 1_000,
  lateArrivalMs: 60_000,
  vanishedMs: 60_000,
  firstWaitMs: 250,
  longestWaitMs: 5_000,
  reportMs: 1_000,
  pollMs: 2_000,
  auditMs: 30_000,
  deadManRefreshMs: 15_000,
  deadManMs: 60_000,
  clockRefreshMs: 300_000,
  worstOffsetMs: 1_000,
  jumpMs: 500,
};
