/** The training cut-off of a model of which nobody has declared one. */
export const UNKNOWN_CUTOFF = 'unknown';
