import { mkdirSync } from 'node:fs';
import { drafts, openTestStorage } from './storage.ts';

// Makes a journal with a few records in the folder that is named, and ends.
const home = process.argv[2] ?? '';
mkdirSync(home, { recursive: true });
const storage = openTestStorage(home);
storage.journal.append(0, drafts('R-1', 5));
storage.close();
