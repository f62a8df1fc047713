import type { limits as englishLimits, prompts as englishPrompts } from '../en/limits.ts';
import type { SameWords } from '../same-words.ts';

export const limits: SameWords<typeof englishLimits> = {
  title: 'Mipaka',
  intro:
    'Hii hufunga kila kitu, chochote wakala alichoambiwa. Kukaza hufanya kazi mara moja; kulegeza kunahitaji sababu, na uthibitisho kwamba ni wewe.',
  name: 'Mpaka',
  now: 'Sasa',
  means: 'Ya nini',
  next: 'Thamani mpya',
  nextOf: 'Thamani mpya ya {{name}}',
  form: 'Kama sehemu: 0.02 ni 2 %.',
  reason: 'Sababu',
  reasonNote: 'Huandikwa kwenye daftari. Inahitajika ili kuruhusu zaidi.',
  save: 'Weka mipaka',
  saving: 'Inaweka…',
  undo: 'Tendua',
  changed_one: 'thamani {{count}} imebadilishwa',
  changed_other: 'thamani {{count}} zimebadilishwa',
};

export const prompts: SameWords<typeof englishPrompts> = {
  title: 'Maelekezo',
  intro:
    'Kinachoambiwa mawakala huundwa kwa sehemu hizi. Hakuna kinachoandikwa hapa kinachoweza kupanua mpaka: programu huisimamia. Mawakala watakaoundwa kuanzia sasa hupata maandishi mapya.',
  parts: 'Sehemu',
  version: 'toleo {{version}}',
  edited: 'imehaririwa',
  shipped: 'kama ilivyokuja',
  fixed: 'haibadiliki',
  text: 'Maandishi ya {{id}}',
  placeholders: 'Ni lazima itumie kila moja ya hizi: {{names}}',
  noPlaceholders: 'Haina nafasi za kujazwa.',
  reason: 'Sababu',
  save: 'Hifadhi kama toleo jipya',
  restore: 'Rudi kwa iliyokuja',
  beside: 'Kando ya iliyokuja',
  history: 'Za awali',
  loading: 'sehemu',
  back: 'Sehemu zote',
};
