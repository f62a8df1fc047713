import type { desktop as english } from '../../en/said/desktop.ts';
import type { SameWords } from '../../same-words.ts';

export const desktop: SameWords<typeof english> = {
  hotkeyOff: 'vitufe vya dharura vimezimwa',
  hotkeyTaken: '{{text}} ni ya programu nyingine; chagua vingine kwa MT_KILL_HOTKEY',
  hotkeyUnreadable: '{{text}} si mchanganyiko wa vitufe; chagua mwingine kwa MT_KILL_HOTKEY, kwa mfano {{keys}}',
  updateRefused: 'toleo jipya halichukuliwi: {{text}}',
  leaveIt: 'liache, na umuulize anayegawa programu hii',
  keyKind: 'ufunguo ulio ndani ya programu si wa aina inayotia sahihi matoleo',
  notOwners: 'sahihi yake si ya mmiliki',
  noList: 'kilichotiwa sahihi si orodha ya faili',
  notNewer: '{{found}} si jipya kuliko {{current}}',
  otherSigned: 'linalotolewa ni {{found}} na lililotiwa sahihi ni {{signed}}',
  unsignedFile: 'lina faili isiyotiwa sahihi',
  notWhatSigned: 'kilichofika si kilichotiwa sahihi',
  placeSilent: 'mahali pa matoleo hapakujibu: {{text}}',
  tryLater: 'jaribu tena baadaye; hakuna kilichobadilishwa',
  httpsOnly: 'matoleo huchukuliwa kwa https tu',
  nameHttps: 'taja mahali panapoanza na https://',
  notNow: 'si sasa: {{text}}',
  whenNothingTrades: 'jaribu tena wakati hakuna biashara',
  engineSilent: 'injini haijibu',
  lockedMayTrade: 'programu imefungwa, na huenda wakala anafanya biashara',
  agentRuns: 'wakala anafanya kazi',
  windingDown: 'nafasi zinafungwa hatua kwa hatua',
  ordersOpen: 'kuna maagizo wazi',
  accountsOpen: 'akaunti za masoko ziko wazi: simamisha biashara kwanza',
};
