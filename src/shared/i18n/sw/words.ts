import type { english } from '../en/words.ts';
import type { SameWords } from '../same-words.ts';
import { health } from './health.ts';
import { shell } from './shell.ts';

export const swahili: SameWords<typeof english> = {
  shell,
  health,
};
