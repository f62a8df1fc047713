const LONGEST_TEXT = 300;
const SIGNED = /([?&](signature|apiKey|api_key|token|listenKey|sign|nonce|timestamp)=)[^&\s"]+/gi;
const QUERY = /(https?:\/\/[^\s?"]+)\?[^\s"]*/g;
const KEY_LIKE = /("(?:api[-_]?key|secret|token|listenKey|signature|passphrase)"\s*:\s*")[^"]*/gi;

/**
 * An error as a person may read it and a log may keep it: one line, short, without the query of an address, a signature or a key. `secrets`
 * are the account's own; they are taken out wherever they stand.
 */
export function errorText(error: unknown, secrets: readonly (string | undefined)[] = []): string {
  let text = error instanceof Error ? error.message || error.name : String(error);
  for (const secret of secrets) if (secret !== undefined && secret.length >= 4) text = text.split(secret).join('[key]');
  text = text
    .replace(QUERY, '$1')
    .replace(SIGNED, '$1[hidden]')
    .replace(KEY_LIKE, '$1[hidden]')
    .replace(/\s+/g, ' ')
    .trim();
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}...` : text;
}
