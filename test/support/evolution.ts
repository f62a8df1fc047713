import { sha256 } from '#adapters/digest/sha256.ts';
import { listFamilies } from '#core/agent/family-registry.ts';
import type { FamilyName } from '#core/domain/strategy.ts';
import type { GeneSheet } from '#core/evolution/types.ts';
import { geneSheet } from '#host/lab/gene-sheets.ts';

export const digest = sha256;

/** Families that a search over candles alone can breed. */
export const EVOLVABLE: readonly FamilyName[] = listFamilies()
  .filter(({ needs }) => needs === undefined)
  .map(({ name }) => name);

export const sheetOf = (family: FamilyName): GeneSheet => geneSheet(family);
