import { PassThrough, Writable } from 'node:stream';

/** The end of a terminal that the console writes to, and the one it hears, without a terminal: what is drawn goes to `draw`. */
export function windowStreams(
  size: { readonly columns: number; readonly rows: number },
  draw: (data: string) => void,
): {
  readonly stdout: NodeJS.WriteStream;
  readonly stdin: NodeJS.ReadStream;
  readonly resize: (columns: number, rows: number) => void;
  readonly type: (data: string) => void;
} {
  const stdout = Object.assign(
    new Writable({
      decodeStrings: false,
      write(chunk: string | Buffer, _encoding, done) {
        draw(String(chunk));
        done();
      },
    }),
    { isTTY: true, columns: size.columns, rows: size.rows },
  );
  const stdin = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: () => stdin,
    ref: () => stdin,
    unref: () => stdin,
  });
  return {
    // Ink asks of its streams only what these have.
    stdout: stdout as unknown as NodeJS.WriteStream,
    stdin: stdin as unknown as NodeJS.ReadStream,
    resize(columns, rows) {
      Object.assign(stdout, { columns, rows });
      stdout.emit('resize');
    },
    type: (data) => void stdin.write(data),
  };
}
