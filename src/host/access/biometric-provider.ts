/** What the operating system offers to see that its owner sits there: a finger, a face. It proves presence and protects no data by itself. */
export type BiometricProvider = {
  /** As the owner knows it: `Touch ID`. */
  readonly name: string;
  /** Whether it can be asked now: there is a sensor, and somebody is enrolled. */
  available(): boolean;
  /** Asks, with the reason that the system shows. Rejects when it was not the owner, or nobody wanted to. */
  verify(reason: string): Promise<void>;
};
