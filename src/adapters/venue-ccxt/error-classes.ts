/**
 * What ccxt's error classes say about an order that was sent. An allow-list: only what stands here as `refused` was surely not accepted.
 * Everything else, what a later ccxt may invent included, is unknown and has to be looked up.
 */
export type Verdict = 'refused' | 'exists' | 'unknown' | 'not_found';

/** Every class of ccxt 4.5.84; a test compares the list with the package. */
export const ERROR_CLASSES: Readonly<Record<string, Verdict>> = {
  BaseError: 'unknown',
  ExchangeError: 'unknown',
  AuthenticationError: 'refused',
  PermissionDenied: 'refused',
  AccountNotEnabled: 'refused',
  AccountSuspended: 'refused',
  ArgumentsRequired: 'refused',
  BadRequest: 'unknown',
  BadSymbol: 'refused',
  OperationRejected: 'unknown',
  NoChange: 'unknown',
  MarginModeAlreadySet: 'unknown',
  MarketClosed: 'refused',
  ManualInteractionNeeded: 'unknown',
  RestrictedLocation: 'unknown',
  InsufficientFunds: 'refused',
  InvalidAddress: 'unknown',
  AddressPending: 'unknown',
  // Refused only with a validation code that is known (venue-codes.ts).
  InvalidOrder: 'unknown',
  OrderNotFound: 'not_found',
  OrderNotCached: 'unknown',
  OrderImmediatelyFillable: 'refused',
  OrderNotFillable: 'unknown',
  DuplicateOrderId: 'exists',
  ContractUnavailable: 'unknown',
  NotSupported: 'refused',
  InvalidProxySettings: 'unknown',
  ExchangeClosedByUser: 'unknown',
  OperationFailed: 'unknown',
  NetworkError: 'unknown',
  DDoSProtection: 'unknown',
  RateLimitExceeded: 'unknown',
  ExchangeNotAvailable: 'unknown',
  OnMaintenance: 'unknown',
  InvalidNonce: 'unknown',
  ChecksumError: 'unknown',
  RequestTimeout: 'unknown',
  BadResponse: 'unknown',
  NullResponse: 'unknown',
  CancelPending: 'unknown',
  UnsubscribeError: 'unknown',
};
