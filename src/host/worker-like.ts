/** A process that can be talked to: a child of Node or an Electron utility process, behind one small type. */
export type WorkerLike = {
  /** For diagnostics; undefined when the process could not be started. */
  readonly pid: number | undefined;
  /** Never throws; a message to a dead process is lost. */
  postMessage(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called exactly once, also when the process could not be started. `why` says how it ended: no pid, no path. */
  onExit(listener: (why: string) => void): void;
  /** Ends the process at once, whatever it is doing. Harmless when it has ended. */
  kill(): void;
};
