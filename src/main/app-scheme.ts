import { protocol, type Session } from 'electron';
import type { PageFiles } from '#host/page-files.ts';
import { pageResponse } from './page-response.ts';

/** Must run before `app` is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the built page of our own scheme. */
export function serveApp(session: Session, files: PageFiles): void {
  session.protocol.handle('app', (request) => pageResponse(request, files));
}
