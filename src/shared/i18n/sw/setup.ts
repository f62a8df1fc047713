import type { setup as english } from '../en/setup.ts';
import type { SameWords } from '../same-words.ts';

export const setup: SameWords<typeof english> = {
  welcome: {
    title: 'Karibu',
    lead: 'Bonyezo moja huchambua soko, huunda wakala wa wakati huo, humwacha afanye biashara ndani ya mipaka inayosimamiwa na programu, na kuhifadhi kilichojifunzwa.',
    simulated:
      'Unaanza na pesa za kuigiza kwenye soko la kuigiza (mbegu {{seed}}). Hakuna akaunti, ufunguo wala mtandao. Kila kitu hubaki kwenye kompyuta hii.',
    risk: 'Biashara inaweza kupoteza pesa. Hakuna faida inayoahidiwa hapa; malengo huonyeshwa kando ya kilichopimwa.',
    start: 'Anza biashara ya kuigiza',
    keys: 'Nina funguo za soko',
    language: 'Lugha',
    theme: 'Mandhari',
    currency: 'Onyesha pia kiasi kwa',
  },
  title: 'Maandalizi',
  cardTitle: 'Maandalizi: {{done}} kati ya {{all}}',
  today: 'Leo',
  hide: 'Hatua zote',
  open: 'Fungua',
  keep: 'Acha kama kilivyo',
  done: 'tayari',
  notDone: 'bado',
  ok: 'sawa',
  look: 'angalia',
  intro:
    'Kila hatua inaweza kufanywa kwa mpangilio wowote, sasa au baadaye. Biashara ya kuigiza haihitaji hata moja; pesa halisi zitahitaji nyingi.',
  steps: {
    press: { name: 'Bonyeza kitufe', why: 'Kwenye Amri: chambua, soma muhtasari, mwache wakala afanye biashara.' },
    trade: {
      name: 'Tazama biashara ikifungwa',
      why: 'Tathmini husema kilichotarajiwa, kilichotokea na kinachohifadhiwa.',
    },
    security: {
      name: 'Weka nenosiri',
      why: 'Husimba kila kitu kwa ufunguo unaoweza kufunguliwa nawe tu. Linahitajika kabla ya ufunguo wowote wa soko.',
    },
    automation: { name: 'Chagua kiasi inachoweza kufanya yenyewe', why: 'Hali husema kinachosubiri neno lako.' },
    risk: {
      name: 'Angalia mipaka',
      why: 'Kinachoweza kupotea kwenye biashara, kwa siku na kwa jumla. Programu huisimamia.',
    },
    monitoring: { name: 'Chagua unachoambiwa', why: 'Arifa kwenye dirisha, kwenye kompyuta, au kwingineko.' },
    models: { name: 'Pata modeli ya hapa', why: 'Si lazima. Kanuni huamua bila modeli; modeli hupimwa kando yake.' },
    exchanges: {
      name: 'Unganisha soko',
      why: 'Funguo za kusoma tu kwanza. Maagizo halisi hubaki yamefungwa hadi mkakati uyastahili.',
    },
  },
  daily: {
    health: 'Injini',
    backup: 'Nakala rudufu',
    risk: 'Kushuka',
    positions: 'Nafasi zilizo wazi',
    errors: 'Makosa',
    lessons: 'Mafunzo',
  },
};
