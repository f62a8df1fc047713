import type { scorecard as english } from '../en/scorecard.ts';
import type { SameWords } from '../same-words.ts';

export const scorecard: SameWords<typeof english> = {
  title: 'Alama za wachambuzi',
  what: 'alama za wachambuzi',
  note: 'makadirio hufungwa kabla ya matokeo; alama ya Brier, ndogo ni bora',
  questions: { direction: 'Bei inakwenda upande gani', regime: 'Ni soko la aina gani' },
  who: 'Nani',
  brier: 'Brier',
  logLoss: 'Hasara ya logi',
  right: 'Sahihi',
  interval: 'Kipindi cha 95 %',
  n: 'n',
  persistence: 'Bila mwendelezo',
  prior: 'Bila mgawanyo wa kawaida',
  random: 'Bila bahati nasibu',
  rules: 'Bila kanuni',
  authority: 'Kila modeli inaruhusiwa nini',
  levels: { trial: 'Majaribio', earned: 'Imestahili', withdrawn: 'Imeondolewa' },
  due_one: 'Kipindi {{count}} kimetimia, {{waiting}} vinasubiri',
  due_other: 'Vipindi {{count}} vimetimia, {{waiting}} vinasubiri',
  empty:
    'Hakuna kadirio lililotimia bado. Bonyeza kitufe mara chache, au pima kwa mishumaa iliyorekodiwa: mt scorecard measure --data FILE.',
  calibration: 'Jinsi {{who}} ilivyosema ina uhakika, na mara ngapi ilikuwa sahihi',
  calibrationRow: 'ilisema {{said}}, sahihi {{right}} ({{low}} .. {{high}}), n {{n}}',
};
