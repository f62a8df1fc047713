/** The same keys as the English words, each with a text of its own: a word that is missing or left over in another language does not compile. */
export type SameWords<Words> = {
  readonly [Key in keyof Words]: Words[Key] extends string ? string : SameWords<Words[Key]>;
};
