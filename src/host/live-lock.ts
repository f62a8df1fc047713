/** Why nothing new is risked with real money. */
export const LIVE_LOCKED = 'live is locked: the validation gate was not passed';
export const LIVE_REMEDY =
  'trade the live prices without sending anything: --paper, or --shadow to compare with the order book as well';
