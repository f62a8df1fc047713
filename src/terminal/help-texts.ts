/** What a script reads from the end of a command. */
export const EXIT_CODES = `Exit codes: 0 done (also when nothing was traded), 1 failed, 2 wrong input, 3 the data folder is locked,
4 refused by limits or by the kill switch, 5 waits for your approval, 6 stale or offline, 7 killed while running.`;

/** After all the rest, where the eye is once a long page has scrolled by. */
export const FIRST_STEPS = `First steps:
  mt spawn           one simulated trade, from the look at the market to its result
  mt portfolio show  what is held, and what it is worth
  mt                 the console: the same and more, full screen
  mt help spawn      what a command takes, with examples`;
