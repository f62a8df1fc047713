import { writeSync } from 'node:fs';
import { askEvolution } from './evolution-markets.ts';
import { openTestLab } from './lab.ts';

// Evolves until it is killed. A line on standard output is the acknowledgement of that many finished runs: they must never be lost.
const [folder = '', path = ''] = process.argv.slice(2);
const { lab } = openTestLab(folder, { onTold: ({ done }) => void writeSync(1, `${done}\n`) });
const { id } = await lab.evolve(askEvolution(path, { population: 6, generations: 4 }));
await lab.wait(id);
