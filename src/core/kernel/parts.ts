/**
 * Rows that a loop over long columns works through in one call. A loop of a million rows in one call is compiled while it runs and that
 * code thrown away at its end, so that every run begins slowly; a function that is called for each part is compiled once and stays.
 */
export const PART = 4096;
