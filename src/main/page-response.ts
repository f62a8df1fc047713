import { type PageFiles, pageHeaders } from '#host/page-files.ts';
import { isOwnAddress } from './own-address.ts';

/**
 * The answer to one request of the page. A request's path is looked up in the table made at the start and never becomes the name of a file, so
 * there is nothing to climb out of. Everything else is "not found", with the same headers.
 */
export const pageResponse = (
  request: { readonly method: string; readonly url: string },
  files: PageFiles,
): Response => {
  const asked = request.method === 'GET' && isOwnAddress(request.url) ? new URL(request.url).pathname : undefined;
  const file = asked === undefined ? undefined : files.get(asked);
  if (file === undefined)
    return new Response('not found', { status: 404, headers: { ...pageHeaders(), 'content-type': 'text/plain' } });
  return new Response(new Uint8Array(file.body), { headers: { ...pageHeaders(), 'content-type': file.type } });
};
