import type { choose as english } from '../en/choose.ts';
import type { SameWords } from '../same-words.ts';

export const choose: SameWords<typeof english> = {
  open: 'Chagua mwenyewe…',
  clone: 'Nakili…',
  title: 'Chagua wakala wa {{instrument}}',
  after: 'Kwa mfano wa {{agent}}. Unachoacha kilivyo kinabaki kama wakala huyo alivyokuwa nacho.',
  family: 'Mkakati',
  notWhen: 'Si wakati: {{when}}',
  parameters: 'Vigezo',
  limits: 'Mipaka',
  budget: 'Bajeti kwa {{asset}}',
  risk: 'Hatari kwa biashara, %',
  dayLoss: 'Hasara ya siku, %',
  candles: 'Maisha kwa mishumaa ya {{interval}}',
  upTo: 'isizidi {{most}}',
  between: '{{least}} hadi {{most}}',
  wholeBetween: '{{least}} hadi {{most}}, nambari kamili',
  notNumber: 'Si nambari ya kawaida.',
  draftWhat: 'muhtasari',
  press: 'Idhinisha na uanzishe wakala huyu',
  means:
    'Kuituma ni kuidhinisha muhtasari huu. Anafanya biashara nyuma ya lango lilelile la mawakala wote, ndani ya mipaka hii.',
};
