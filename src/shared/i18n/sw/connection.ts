import type { connection as english } from '../en/connection.ts';
import type { SameWords } from '../same-words.ts';

export const connection: SameWords<typeof english> = {
  connecting: {
    title: 'Inaunganisha na injini',
    text: 'Dirisha linaiuliza injini inazungumza toleo gani la mkataba.',
    remedy: 'Hii huchukua muda kidogo mara ya kwanza.',
  },
  mismatch: {
    title: 'Dirisha na injini ni za matoleo tofauti',
    text: 'Zinazungumza mikataba tofauti, kwa hiyo zinakataa kuongea.',
    remedy: 'Anzisha zote mbili upya kutoka toleo moja.',
  },
  noKey: {
    title: 'Ukurasa huu ulifunguliwa bila ufunguo wake',
    text: 'Ufunguo ni sehemu ya anwani ambayo injini huchapisha, na huondolewa kwenye upau wa anwani ukishasomwa.',
    remedy: 'Endesha mt up --web na ufungue anwani inayochapishwa. Ukipakia upya, fungua anwani hiyo tena.',
  },
  wrongKey: {
    title: 'Ufunguo wa ukurasa huu si sahihi',
    text: 'Injini haiutambui: kila injini inapoanza hutoa mpya.',
    remedy: 'Fungua tena anwani ambayo mt up --web ilichapisha mwisho. Ukurasa huu haujaribu wenyewe.',
  },
  disconnected: {
    title: 'Hakuna muunganisho na injini',
    text: '{{why}} ({{at}}).',
    silent: 'Injini haijibu',
    remedy: 'Ianzishe kwa mt up, au anzisha Master Trader upya. Dirisha hili hujaribu tena lenyewe.',
  },
  tryNow: 'Jaribu tena sasa',
  reload: 'Pakia dirisha upya',
};
