/** Canonical JSON made readable. What is not JSON is shown as it is: the journal keeps it, so the reader may see it. */
export function prettyPayload(payload: string): string {
  try {
    return JSON.stringify(JSON.parse(payload), null, 2);
  } catch {
    return payload;
  }
}
