import { writeSync } from 'node:fs';
import { askSearch, openTestLab } from './lab.ts';

// Searches until it is killed. A line on standard output is the acknowledgement of that many finished runs: they must never be lost.
const [folder = '', budget = '60'] = process.argv.slice(2);
const { lab } = openTestLab(folder, { onTold: ({ done }) => void writeSync(1, `${done}\n`) });
const { id } = await lab.search(askSearch({ method: 'random', space: [], budget: Number(budget) }));
await lab.wait(id);
