import type { figures as english } from '../en/figures.ts';
import type { SameWords } from '../same-words.ts';

export const figures: SameWords<typeof english> = {
  converted_one: '{{own}}, kwa KES {{rate}} kwa USD 1, kiwango kilichoandikwa kwa mkono cha {{on}}, siku {{count}}',
  converted_other: '{{own}}, kwa KES {{rate}} kwa USD 1, kiwango kilichoandikwa kwa mkono cha {{on}}, siku {{count}}',
  opened: 'ulifunguka',
  openedMeans: 'Mshumaa huitwa kwa wakati ulipofunguka; hujulikana tu ukishafungwa',
  earlierFailed: 'Mishumaa ya awali haikuweza kupakiwa: {{why}}',
  directions: { up: 'juu', down: 'chini', flat: 'bila badiliko' },
  pixels_one: 'pikseli {{count}}',
  pixels_other: 'pikseli {{count}}',
  chartsBy: 'Chati za',
  environments: {
    sim: '{{name}}: soko la kuigiza na fedha za kuigiza',
    paper: '{{name}}: bei halisi za soko, ujazo na fedha za kuigiza',
    shadow: '{{name}}: bei halisi za soko, ujazo wa kuigiza kando ya kitabu cha soko, hakuna kinachotumwa',
    other: '{{name}}: angalia alama kwenye upau wa juu',
  },
};
