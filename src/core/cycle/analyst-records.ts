import type { KeptText, RecordedReceipt } from '../analyst/receipt.ts';

/** What the records say of questions to a model. */
export type AnalystPayloads = {
  /** A model was asked: everything that is needed to ask again, and its answers to the token. Comes before `analyst.assessed`. */
  'analyst.asked': { readonly receipt: RecordedReceipt };
  /** A text that receipts cite by its hash. Belongs to no cycle, and is written once. */
  'text.kept': KeptText;
};
