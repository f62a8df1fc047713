/** Why a pipe ended, where the other side said so: `wrong_key` will not become right by trying again. */
export type PortEnd = 'wrong_key';

/** A two-way pipe of frames. Every transport is only this; what travels is validated above it. */
export type Port = {
  send(frame: unknown): void;
  /** Returns the undo. */
  onFrame(listener: (frame: unknown) => void): () => void;
  onClose(listener: (why?: PortEnd) => void): () => void;
  close(): void;
};
