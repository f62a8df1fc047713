import type { palette as english } from '../en/palette.ts';
import type { SameWords } from '../same-words.ts';

export const palette: SameWords<typeof english> = {
  title: 'Orodha ya amri',
  find: 'Tafuta skrini, wakala, chombo cha soko au amri',
  open: 'Tafuta chochote',
  count_one: '{{count}} kimepatikana',
  count_other: '{{count}} vimepatikana',
  empty: 'Hakuna chenye jina hilo. Jaribu herufi chache zaidi.',
  more: 'Andika ili kupata mawakala, vyombo vya soko, mipangilio na amri zote {{count}} za mt. Nukta mbili mwanzoni hutafuta amri tu.',
  kinds: {
    screen: 'Skrini',
    settings: 'Mipangilio',
    agent: 'Wakala',
    instrument: 'Chombo cha soko',
    action: 'Dirisha',
    command: 'Amri',
  },
  does: {
    screen: 'Enter hukupeleka huko.',
    settings: 'Enter hufungua sehemu hii.',
    agent: 'Enter huonyesha kwa nini yupo na alichofanya.',
    instrument: 'Enter huonyesha chati yake kwenye Soko.',
    action: 'Enter hufanya hivyo.',
    runs: 'Enter huiendesha kwenye terminali. Haifanyi biashara wala kubadilisha mpangilio.',
    types: 'Enter huiandika kwenye terminali. Hakuna kinachoendeshwa hadi ubonyeze Enter huko.',
  },
  risk: {
    read: 'husoma',
    reduce: 'hupunguza hatari',
    increase: 'huchukua hatari',
    admin: 'hubadilisha mfumo',
  },
};
