import type { shell as english } from '../en/shell.ts';
import type { SameWords } from '../same-words.ts';

export const shell: SameWords<typeof english> = {
  screens: {
    command: 'Amri',
    market: 'Soko',
    agents: 'Mawakala',
    approvals: 'Idhini',
    portfolio: 'Hazina',
    lab: 'Maabara',
    performance: 'Utendaji',
    memory: 'Kumbukumbu',
    news: 'Habari',
    models: 'Modeli',
    audit: 'Ukaguzi',
    health: 'Afya',
    terminal: 'Terminali',
    settings: 'Mipangilio',
  },
  agentsRunning_one: 'wakala {{count}} anafanya kazi',
  agentsRunning_other: 'mawakala {{count}} wanafanya kazi',
};
