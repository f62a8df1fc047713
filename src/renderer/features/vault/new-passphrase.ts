import type { TFunction } from 'i18next';
import { takeSecret } from './secret-field.tsx';

const LEAST_CHARACTERS = 10;

/** Takes a new passphrase out of its two fields; says what is wrong with it where something is. */
export function newPassphrase(
  t: TFunction,
  first: HTMLInputElement | null,
  second: HTMLInputElement | null,
): { readonly passphrase: string } | { readonly problem: string } {
  const [one, other] = [takeSecret(first), takeSecret(second)];
  if (one !== other) return { problem: t('vault.differ') };
  return Array.from(one).length < LEAST_CHARACTERS
    ? { problem: t('vault.tooShort', { least: LEAST_CHARACTERS }) }
    : { passphrase: one };
}
