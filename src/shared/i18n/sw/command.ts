import type { command as english } from '../en/command.ts';
import type { SameWords } from '../same-words.ts';

export const command: SameWords<typeof english> = {
  title: 'Amri',
  launch: {
    region: 'Chambua na unda',
    instrument: 'Chombo',
    interval: 'Kipindi',
    auto: 'Yenyewe',
    press: 'Chambua na unda wakala',
    busy: 'Mzunguko unaendelea',
    cancel: 'Ghairi',
    canceling: 'Inaghairi…',
    closeAsk: 'Funga nafasi? Enter / Esc tena',
  },
  preflight: 'Ukaguzi wa awali',
  preflightWaits: 'Ukaguzi wa awali unasubiri injini.',
  allReady: 'Kila kitu kiko tayari.',
  stateUnknown: 'Hali ya injini haijajulikana bado.',
  running: 'Mzunguko unaendelea. Hauwi zaidi ya mmoja.',

  state: { ready: 'tayari', note: 'angalizo', blocked: 'imezuiwa' },
  row: {
    reconciled: 'Injini',
    journal: 'Jarida',
    data: 'Data',
    instrument: 'Chombo',
    account: 'Akaunti',
    limits: 'Mipaka',
    mode: 'Hali',
    gate: 'Lango',
    analyst: 'Mchambuzi',
  },
  fix: {
    reconciled: 'Angalia Afya',
    journal: 'Angalia Afya',
    data: 'Angalia Afya',
    instrument: 'Chagua kingine',
    account: 'Fungua hazina',
    limits: 'Angalia hazina',
    mode: 'Badilisha hali',
    gate: 'Endelea kufanya biashara',
    analyst: 'Kuhusu modeli',
  },
  dataAge: 'umri {{age}}',
  blockedBy: '{{row}}: {{detail}}. {{remedy}}.',
};
