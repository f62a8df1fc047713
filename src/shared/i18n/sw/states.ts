import type { states as english } from '../en/states.ts';
import type { SameWords } from '../same-words.ts';

export const states: SameWords<typeof english> = {
  loading: 'Inapakia {{what}}',
  stillWaiting: 'Bado inasubiri {{what}}. Injini haijajibu bado.',
  cancel: 'Acha kusubiri',
  tryAgain: 'Jaribu tena',
  copyDetails: 'Nakili maelezo',
  copied: 'Imenakiliwa',
  copyWhat: 'Nakili {{what}} {{shown}}',
  copiedWhat: 'Imenakiliwa {{what}} {{shown}}',
  drawAgain: 'Chora tena',
  notDrawn: '{{title}} haikuweza kuchorwa: {{why}}',
  notDrawnRemedy: 'Biashara haijaathirika: hii ni kasoro ya dirisha.',
  gaveUp: 'Uliacha kusubiri kabla injini haijajibu.',
  gaveUpRemedy: 'Hakuna kilichobadilika. Jaribu tena, au tazama hali ya injini.',
  close: 'Funga',
  age: 'Umri wa data mpya zaidi: {{age}}',
  stale: 'Imepitwa: ina umri wa {{age}}, ilitarajiwa kila {{interval}}. Mawakala hawafungui chochote juu yake.',
  kept: 'Zimehifadhiwa tangu {{age}} zilizopita. Mawakala hawafungui chochote kwa data iliyopitwa na wakati.',
  offline: 'Nje ya mtandao:',
  offlineMeans:
    'uigaji na modeli za ndani zinafanya kazi; kinachofanya biashara kwa bei za moja kwa moja kinasubiri, na vizuizi vya hasara vimebaki sokoni.',
  remedies: {
    disconnected: 'Injini haifikiki. Inaendelea au inasimama yenyewe; dirisha hili huunganisha tena lenyewe.',
    timeout: 'Injini haikujibu kwa wakati. Tazama mstari wa afya, kisha jaribu tena.',
    contract_mismatch: 'Dirisha na injini ni za matoleo tofauti. Anzisha zote mbili kutoka toleo moja.',
    forbidden: 'Muunganisho huu unaweza kutazama tu. Fungua dirisha kwa ufunguo unaoruhusu biashara.',
    window: 'Hii ni kasoro ya dirisha, si ya injini. Pakia dirisha upya; biashara haijaathirika.',
  },
  venueSaid: 'soko limesema: {{text}}',
  windowDefect: 'Kuna kitu kimeharibika katika dirisha.',
};
