/** The zone of this machine: every moment on screen is shown in it, with UTC on hover. */
export const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
