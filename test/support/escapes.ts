const ESCAPE = String.fromCharCode(27);
const SEQUENCE = new RegExp(`${ESCAPE}\\[[?\\d;]*[a-zA-Z]`, 'g');

/** What a terminal shows of a text: without its colours and cursor moves. */
export const withoutEscapes = (text: string): string => text.replace(SEQUENCE, '');
