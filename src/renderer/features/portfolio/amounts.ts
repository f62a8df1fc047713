/** What a field of the treasury may hold; what it means is the engine's to say. */
export const isPlain = (text: string): boolean => /^\d{1,15}(\.\d{1,18})?$/.test(text);
export const isAmount = (text: string): boolean => isPlain(text) && /[1-9]/.test(text);
export const isFraction = (text: string): boolean => /^(0(\.\d{1,12})?|1(\.0{1,12})?)$/.test(text);
