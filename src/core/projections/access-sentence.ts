import type { AccessPayload, AccessRecord } from '../cycle/access-records.ts';

/** One plain sentence about a record of access. */
export function accessSentence(type: AccessRecord, { face, how }: AccessPayload): string {
  switch (type) {
    case 'access.unlocked':
      return `Unlocked from ${face}: ${how}`;
    case 'access.unlock_failed':
      return `Unlock refused to ${face}: ${how}`;
    case 'access.locked':
      return `Locked: ${how}`;
    case 'access.stepped_up':
      return `Proof given from ${face}: ${how}`;
    case 'access.step_up_failed':
      return `Proof refused to ${face}: ${how}`;
    case 'access.connected':
      return `Connected: ${face}${how === '' ? '' : `, ${how}`}`;
    case 'access.disconnected':
      return `Disconnected: ${face}${how === '' ? '' : `, ${how}`}`;
    case 'access.factor_changed':
      return `Second factor, changed from ${face}: ${how}`;
  }
}
