import type { english } from '../en/words.ts';
import type { SameWords } from '../same-words.ts';

export const access: SameWords<typeof english.access> = {
  passphrase: 'Fungu la siri',
  code: 'Namba ya programu ya uthibitisho, au namba ya akiba',
  cancel: 'Ghairi',
  stepUp: {
    title: 'Ni wewe?',
    confirmText:
      'Bado hakuna fungu la siri, kwa hiyo uthibitisho unatosha. Weka fungu la siri ili huu uwe uthibitisho wa kweli.',
    proofText: 'Uthibitisho unadumu dakika moja, kwa dirisha hili pekee, na unaandikwa kwenye kumbukumbu.',
    confirm: 'Ndiyo, fanya',
    prove: 'Thibitisha na uendelee',
    biometric: 'Tumia {{name}}',
    proving: 'Inathibitisha…',
  },
};
