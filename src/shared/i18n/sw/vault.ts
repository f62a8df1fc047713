import type { vault as english } from '../en/vault.ts';
import type { SameWords } from '../same-words.ts';

export const vault: SameWords<typeof english> = {
  sealed: {
    title: 'Hifadhi imefungwa kabisa',
    text: 'Data yako imesimbwa, na hakuna kinachoendeshwa kabla ya nenosiri kuja.',
  },
  locked: {
    title: 'Imefungwa',
    text: 'Injini inaendelea. Dirisha hili halionyeshi wala halifanyi kitu hadi lifunguliwe.',
  },
  changing: { title: 'Data yako inaandikwa kwa ufunguo mpya', text: 'Hii huchukua muda kidogo.' },
  lastKnown: 'ilipofunguliwa mara ya mwisho',
  passphrase: 'Nenosiri',
  recoveryCode: 'Msimbo wa kurejesha',
  recoveryHint: 'Makundi 14 ya herufi nne, kama ulivyoyaandika',
  usePassphrase: 'Tumia nenosiri',
  useRecovery: 'Tumia msimbo wa kurejesha',
  opening: 'Inafungua…',
  wait: 'Subiri sekunde {{seconds}}',
  unlock: 'Fungua',
  stop: 'Simamisha kwa dharura',
  halted: 'Biashara imesimama.',
  isProtected: 'Imelindwa',
  lock: 'Funga',
  lockMeans: 'Funga dirisha hili; injini inaendelea',
  notProtected: 'Haijalindwa',
  notProtectedMeans: '{{label}}. Weka nenosiri.',
  protectTitle: 'Linda hifadhi hii kwa nenosiri',
  protectWhy:
    'Kila kitu kimesimbwa tayari, kwa ufunguo ambao kompyuta hii huutunza. Kwa nenosiri hakuna anayekifungua bila wewe: diski iliyoibwa haitoshi, wala mkufu wa funguo ulioibwa. Funguo za masoko huhifadhiwa hapo tu.',
  passphraseHint: 'Herufi kumi au zaidi; maneno machache yasiyohusiana ni mazuri.',
  onceMore: 'Mara nyingine',
  next: 'Inayofuata',
  differ: 'Hizo mbili zinatofautiana. Ziandike tena.',
  tooShort: 'Tumia angalau herufi {{least}}.',
  running: 'Mzunguko unaendelea. Subiri uishe, au ughairi: data yote huandikwa upya kwa hili.',
  codeText:
    'Msimbo wako wa kurejesha, unaonyeshwa mara moja. Uandike kwenye karatasi na uuweke mbali na kompyuta hii: hufungua hifadhi nenosiri au mkufu wa funguo ukipotea. Bila vyote viwili data imepotea kabisa.',
  lastGroup: 'Andika kundi lake la mwisho',
  wrongGroup: 'Hilo si kundi lake la mwisho. Tazama ulichoandika.',
  writing: 'Inaandika data yako upya…',
  set: 'Weka nenosiri',
  cancel: 'Ghairi',
};
