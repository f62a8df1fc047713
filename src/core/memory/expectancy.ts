import { type Expectancy, expectancyOf } from '../domain/expectancy.ts';
import type { Lesson } from './types.ts';

/** Expectancy of the lessons in which something was traded; says "not enough data" below the stated number. */
export const expectancy = (lessons: readonly Lesson[]): Expectancy =>
  expectancyOf(lessons.filter((lesson) => lesson.traded).map((lesson) => Number(lesson.outcomeR)));
