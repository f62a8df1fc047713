import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { writeFileAtomic } from '#adapters/files/atomic-write.ts';
import { errorCode } from '#adapters/files/error-code.ts';
import { Fault } from '#core/kernel/fault.ts';
import { venueId } from '#shared/contract/venues.ts';

const grade = z.strictObject({
  id: venueId,
  at: z.int().min(0),
  against: z.enum(['sandbox', 'local']),
  passed: z.int().min(0),
  failed: z.int().min(0),
  skipped: z.int().min(0),
});
const gradesFile = z.strictObject({ version: z.literal(1), grades: z.array(grade) });

export type StoredGrade = z.infer<typeof grade>;

export type Grades = {
  all(): readonly StoredGrade[];
  /** Replaces the venue's earlier grade. */
  put(grade: StoredGrade): void;
};

/** The outcomes of the checks that were run here, in a file of the data folder. It holds no secret and no amount. */
export function openGrades(path: string): Grades {
  const read = (): readonly StoredGrade[] => {
    let text: string;
    try {
      text = readFileSync(path, 'utf8');
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return [];
      throw new Fault('storage', `${path} cannot be read`, 'See that the data folder is yours and can be read.');
    }
    try {
      return gradesFile.parse(JSON.parse(text)).grades;
    } catch {
      throw new Fault('storage', `${path} is damaged`, 'Delete it and run mt venue check again.');
    }
  };
  return {
    all: read,
    put(next) {
      const grades = [...read().filter(({ id }) => id !== next.id), next];
      writeFileAtomic(path, `${JSON.stringify({ version: 1, grades }, null, 2)}\n`);
    },
  };
}
