/** What the records say of prompt parts that the master wrote anew. */
export type PromptPayloads = {
  /** The whole text, so that the newest record of a part alone says what it is. `text` is null where the part as it ships holds again. */
  'prompt.edited': {
    readonly id: string;
    readonly version: number;
    readonly text: string | null;
    readonly reason: string;
  };
};
