/** The one thing a page may be granted: to put cleaned text on the clipboard, as "copy" does. */
const GRANTED: ReadonlySet<string> = new Set(['clipboard-sanitized-write']);

/** Whether the page may do what Electron calls `permission`. A name that nobody knows yet is refused like the others. */
export const grants = (permission: string): boolean => GRANTED.has(permission);
