/** A second proof of who asks, given a moment ago: what raises risk, autonomy or rights needs one. */
export type StepUp = {
  /** Throws Fault `step_up` that says what to prove, unless a proof of the master is fresh. `what` names the act, as "raise a limit". */
  require(what: string): void;
};

/** Where nothing can be proved because no passphrase is set; in SIMULATED a confirmation by the face stands instead. */
export const noStepUp: StepUp = { require: () => undefined };
