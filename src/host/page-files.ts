import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { Fault } from '#core/kernel/fault.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

export type PageFile = { readonly type: string; readonly body: Buffer };
/** The built page: exact path, as a request spells it, to content. */
export type PageFiles = ReadonlyMap<string, PageFile>;

/**
 * Every file of the built page under the exact path it is asked by, and `/` for index.html. Read once at the start: a request looks
 * its text up in this table and never becomes a file name. Links and unknown kinds of file are left out. Throws a Fault when the
 * page was not built.
 */
export const readPageFiles = (directory: string): PageFiles => {
  const files = new Map<string, PageFile>();
  const walk = (folder: string, prefix: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = `${prefix}/${entry.name}`;
      const type = TYPES[extname(entry.name)];
      if (entry.isDirectory()) walk(join(folder, entry.name), path);
      else if (entry.isFile() && type !== undefined)
        files.set(path, { type, body: readFileSync(join(folder, entry.name)) });
    }
  };
  try {
    walk(directory, '');
  } catch (error) {
    throw new Fault(
      'not_found',
      `the built page cannot be read from ${directory}: ${(error as Error).message}`,
      'build it: npm run build',
    );
  }
  const index = files.get('/index.html');
  if (index === undefined)
    throw new Fault('not_found', `there is no index.html in ${directory}`, 'build the page: npm run build');
  files.set('/', index);
  return files;
};

/** `connectSources` is what the page may talk to: `'self'` in the window; in a browser the contract's socket as well. */
export const contentSecurityPolicy = (connectSources = "'self'"): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    // The in-window terminal inserts <style> elements of its own; style attributes stay forbidden.
    "style-src-elem 'self' 'unsafe-inline'",
    "style-src-attr 'none'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${connectSources}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');

/** Headers of every answer that carries a part of the page, the same for the window and the browser. */
export const pageHeaders = (connectSources = "'self'"): Readonly<Record<string, string>> => ({
  'content-security-policy': contentSecurityPolicy(connectSources),
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
});
