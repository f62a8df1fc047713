import type { prompts as english } from '../../en/said/prompts.ts';
import type { SameWords } from '../../same-words.ts';

export const prompts: SameWords<typeof english> = {
  familyRange: 'Anachofanya anayefifisha mipaka ya bei, kwa vigezo vya wakala huyu',
  familyNews: 'Anachofanya msomaji wa habari, kwa vigezo vya wakala huyu',
  familyPatterns: 'Anachofanya msomaji wa ruwaza, kwa vigezo vya wakala huyu',
  familyReversal: 'Anachofanya mfanyabiashara wa mageuko, kwa vigezo vya wakala huyu',
  familyScalper: 'Anachofanya mfanyabiashara wa muda mfupi sana, kwa vigezo vya wakala huyu',
  familyMoods: 'Anachofanya msomaji wa hisia za habari, kwa vigezo vya wakala huyu',
  familyTrend: 'Anachofanya anayefuata mwelekeo, kwa vigezo vya wakala huyu',
  familyParts: 'Maana ya kununua kwa sehemu sawa, kwa vigezo vya wakala huyu',
  analyst: 'Huiuliza modeli ya hapa hali ya soko, kutokana na hoja inazopaswa kutaja',
  chosen: 'Kwa nini kuna wakala ambaye mtu alimchagua mwenyewe, pamoja na uamuzi kando yake',
  memory: 'Mafundisho yaliyokumbukwa kwa wakati huu na kila moja lilibadilisha nini',
  never: 'Ambacho hakuna wakala wa toleo hili anayekifanya, lolote soko lisemalo',
  breakout: 'Kwa nini kuvunja mipaka kunahitaji familia iliyochaguliwa',
  rising: 'Kwa nini soko linalopanda linahitaji familia iliyochaguliwa',
  ranging: 'Kwa nini soko lisilo na mwelekeo linahitaji familia iliyochaguliwa',
  role: 'Husema wakala ni nani, wa soko gani na ataishi muda gani',
  article: 'Huiuliza modeli ya hapa makala moja, peke yake, inasema nini kuhusu bei',
  quoted: 'makala hunukuliwa na kamwe si maagizo',
  limits: 'Mipaka ya hatari kwa maneno, iliyojazwa kwa namba ambazo programu huzisimamia',
};
