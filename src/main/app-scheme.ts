import { protocol, type Session } from 'electron';
import { type PageFiles, pageHeaders } from '#host/page-files.ts';

/** Must run before `app` is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the built page from a table made at start: a request can name only what is in it, so there is no path to climb. */
export function serveApp(session: Session, files: PageFiles): void {
  session.protocol.handle('app', (request) => {
    const url = new URL(request.url);
    const file = url.host === 'master-trader' && request.method === 'GET' ? files.get(url.pathname) : undefined;
    if (file === undefined)
      return new Response('not found', { status: 404, headers: { 'content-type': 'text/plain' } });
    return new Response(new Uint8Array(file.body), {
      headers: { ...pageHeaders("'self'"), 'content-type': file.type },
    });
  });
}
