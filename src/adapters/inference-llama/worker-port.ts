/** The worker's end of the pipe to its supervisor. */
export type WorkerPort = {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** The supervisor is gone; a worker without one must not live on. */
  onGone(listener: () => void): void;
};

/** What Electron gives a utility process. Declared here because this file must also load where Electron is absent. */
type ParentPort = {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
};

const hasMethods = (value: unknown): value is ParentPort =>
  typeof value === 'object' && value !== null && 'postMessage' in value && 'on' in value;

/** Electron's parent port in a utility process, else the channel of `child_process.fork`. Throws when started by hand. */
export function openWorkerPort(): WorkerPort {
  const parentPort: unknown = 'parentPort' in process ? process.parentPort : undefined;
  if (hasMethods(parentPort)) {
    return {
      post: (message) => parentPort.postMessage(message),
      onMessage: (listener) => parentPort.on('message', (event) => listener(event.data)),
      // Electron ends its utility processes together with itself.
      onGone: () => {},
    };
  }
  if (process.send === undefined) throw new Error('this file is started by the engine and does nothing by itself');
  return {
    // A supervisor that dies between two messages makes `send` fail; the disconnect that follows ends this process.
    post: (message) => void process.send?.(message, undefined, undefined, () => {}),
    onMessage: (listener) => void process.on('message', listener),
    onGone: (listener) => void process.on('disconnect', listener),
  };
}
