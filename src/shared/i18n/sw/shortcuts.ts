import type { shortcuts as english } from '../en/shortcuts.ts';
import type { SameWords } from '../same-words.ts';

export const shortcuts: SameWords<typeof english> = {
  go: 'Fungua {{screen}}',
  does: {
    spawn: 'Changanua na uanzishe wakala',
    cancel: 'Ghairi mzunguko unaoendelea (huuliza kwanza ukishafanya biashara), au funga dirisha dogo',
    kill: 'Zima: funga lango, simamisha mawakala, ghairi maagizo, funga nafasi zote',
    halt: 'Simamisha ununuzi mpya: hakuna kipya kinachoingia, mawakala wanaendelea na walicho nacho',
    lock: 'Funga dirisha hili, pale nenosiri linapolinda data',
    mode: {
      full: 'Kujiendesha kikamilifu: huuliza kabla ya kupandisha',
      semi: 'Nusu otomatiki: hushusha papo hapo, huuliza kabla ya kupandisha',
      manual: 'Kwa mkono: hushusha papo hapo, huuliza kabla ya kupandisha',
      emergency: 'Dharura: huuliza kwanza',
    },
    palette: 'Tafuta skrini, wakala, chombo au amri (kwenye terminali : hutafuta amri)',
    region: {
      next: 'Sehemu inayofuata ya dirisha: upau, skrini, skrini yenyewe, ukanda, arifa',
      previous: 'Sehemu ya dirisha iliyotangulia',
    },
    terminal: 'Terminali, na kurudi kwenye Amri',
    settings: 'Mipangilio',
    alerts: 'Arifa',
    help: 'Orodha hii',
  },
  twice: 'mara mbili',
  afterwards: 'kisha',
  change: 'Badilisha',
  changeOf: 'Badilisha vitufe vya: {{does}}',
  reset: 'Rudisha {{keys}}',
  press: 'Bonyeza vitufe vipya',
  pressNote: 'Esc huacha vitufe vilivyo. Vitufe viwili vya peke yake vinaweza kufuatana.',
  fixed: 'ni vilevile daima',
  changed: 'Sasa {{keys}}: {{does}}',
  notUsed: 'Haitumiki: {{keys}} kwa {{id}}. {{why}}',
  problems: {
    unknown: 'Hakuna mkato wenye jina hili.',
    unreadable: 'Hivi si vitufe ambavyo mkato unaweza kuwa navyo.',
    fixed: 'Vitufe vyake ni vilevile kwenye kila mashine.',
    risk: 'Unaweza kuruhusu hatari zaidi, kwa hiyo unahitaji Ctrl au Alt.',
    reserved: 'Vitufe hivi husogeza umakini, huhariri maandishi au ni vya mfumo.',
    taken: 'Mkato mwingine una vitufe hivi: {{other}}',
    begins: 'Mkato mwingine unaanza na kitufe hicho hicho: {{other}}',
  },
};
