/** A two-way pipe of frames. Every transport is only this; what travels is validated above it. */
export type Port = {
  send(frame: unknown): void;
  /** Returns the undo. */
  onFrame(listener: (frame: unknown) => void): () => void;
  onClose(listener: () => void): () => void;
  close(): void;
};
