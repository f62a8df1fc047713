import type { terminal as english } from '../en/terminal.ts';
import type { SameWords } from '../same-words.ts';

export const terminal: SameWords<typeof english> = {
  title: 'Terminali',
  leave: 'Kila amri ya mt, ikiandikwa baada ya nukta mbili. Vitufe ni vya terminali inapolengwa; Ctrl+` huiacha.',
  ended: 'Terminali imekwisha.',
  again: 'Ianzishe tena',
  spoken: 'Andika sentensi kwa kisoma skrini',
};
