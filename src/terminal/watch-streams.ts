import { errorCode } from '#adapters/files/error-code.ts';

/** What happened to the program's two streams. */
export type StreamWatch = {
  /** Waits until standard output has taken everything; false when some of it is lost. */
  readonly allWritten: () => Promise<boolean>;
};

/**
 * Takes the errors of both streams, which would end the process with a raw trace. Standard output that cannot be written (a full disk) is
 * told once, in one line on standard error, at once: the command itself goes on to its orderly end. A reader that has seen enough
 * (`mt agents | head`) is no error.
 */
export function watchStreams(stdout: NodeJS.WriteStream, stderr: NodeJS.WriteStream): StreamWatch {
  let lost = false;
  stderr.on('error', () => undefined);
  stdout.on('error', (error: unknown) => {
    const code = errorCode(error);
    if (lost || code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED') return;
    lost = true;
    stderr.write(`mt: standard output cannot be written (${reason(code)}), so the answer is lost\n`);
  });
  return {
    // The error of a write comes a moment after it; the callback of a later write comes after that.
    allWritten: () => new Promise((resolve) => stdout.write('', () => setImmediate(() => resolve(!lost)))),
  };
}

const reason = (code: string | undefined): string => {
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'the disk is full';
  return code === 'EBADF' ? 'it is not open for writing' : (code ?? 'unknown error');
};
