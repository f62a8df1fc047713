/** Words of the states that every panel can be in. `what` names the data, as a phrase such as "the journal". */
export const states = {
  loading: 'Loading {{what}}',
  stillWaiting: 'Still waiting for {{what}}. The engine has not answered yet.',
  cancel: 'Stop waiting',
  tryAgain: 'Try again',
  copyDetails: 'Copy details',
  copied: 'Copied',
  copyWhat: 'Copy {{what}} {{shown}}',
  copiedWhat: 'Copied {{what}} {{shown}}',
  drawAgain: 'Draw again',
  notDrawn: '{{title}} could not be drawn: {{why}}',
  notDrawnRemedy: 'Trading is not affected: this is a defect of the window.',
  gaveUp: 'You stopped waiting before the engine answered.',
  gaveUpRemedy: 'Nothing was changed. Try again, or look at the health of the engine.',
  close: 'Close',
  age: 'Age of the newest data: {{age}}',
  stale: 'Stale: {{age}} old, expected every {{interval}}. Agents open nothing on it.',
  kept: 'Kept from {{age}} ago. Agents open nothing on what is stale.',
  offline: 'Offline:',
  offlineMeans: 'simulation and local models work; what trades live prices waits, and stops rest at the venue.',
  remedies: {
    disconnected:
      'The engine is not reachable. It keeps running or stops on its own; this window connects again by itself.',
    timeout: 'The engine did not answer in time. Look at the health strip, then try again.',
    contract_mismatch: 'The window and the engine are of different versions. Restart both from the same version.',
    forbidden: 'This connection may only look. Open the window with a key that may trade.',
    window: 'This is a defect of the window, not of the engine. Reload the window; trading is not affected.',
  },
  /** Before the words of a venue, which nobody translates. */
  venueSaid: 'the venue said: {{text}}',
  windowDefect: 'Something went wrong in the window.',
} as const;
