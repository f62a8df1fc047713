/**
 * How the page is cut into files, beside the screens that it reads later. zod stands in one piece with the line that forbids it to try `new Function`:
 * so that line runs before any schema of any other piece is declared.
 */
export const PAGE_PIECES = {
  codeSplitting: { groups: [{ name: 'zod', test: /[\\/]node_modules[\\/]zod[\\/]|[\\/]app[\\/]jitless\.ts$/ }] },
};
