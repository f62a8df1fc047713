import type { firstTrade as english } from '../en/first-trade.ts';
import type { SameWords } from '../same-words.ts';

export const firstTrade: SameWords<typeof english> = {
  pace: 'Saa ya kuigiza huenda mara {{speed}} ya saa yako: biashara ya saa moja huisha kwa dakika {{minutes}}.',
  candle: 'Mshumaa wa {{candle}} kati ya {{most}}',
  within: 'itaisha ndani ya {{left}} kwa saa yako',
  holds: 'Inashikilia {{quantity}} {{base}}, iliyonunuliwa kwa {{price}}',
  stop: 'kizuizi {{price}}',
  target: 'lengo {{price}}',
  entering: 'Agizo lake la kununua linasubiri ufunguzi unaofuata',
  empty: 'Haishikilii chochote sasa',
  watch: 'Itazame kwenye chati',
  oneR: '1 R ni hasara iliyotarajiwa kwenye kizuizi wakati wa kuingia, pamoja na ada',
};
