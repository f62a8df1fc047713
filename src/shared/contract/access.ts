import { z } from 'zod';
import { call } from './define.ts';
import { nothing, shortText, unixMsNumber } from './primitives.ts';

/** What a face has to bring before the engine does what raises risk, autonomy or rights. */
export const proofNeeded = z.enum(['confirm', 'passphrase', 'totp']);
export type ProofNeeded = z.infer<typeof proofNeeded>;

/** A second proof of who asks. Secrets go one way: into the engine. */
const proof = z.discriminatedUnion('kind', [
  /** Suffices only while the vault has no passphrase, hence in the simulation. */
  z.strictObject({ kind: z.literal('confirm') }),
  z.strictObject({ kind: z.literal('passphrase'), passphrase: z.string().min(1).max(1000) }),
  z.strictObject({ kind: z.literal('recovery'), code: z.string().min(1).max(200) }),
  /** Of the authenticator, six digits, or one of the backup codes. Each is taken once. */
  z.strictObject({ kind: z.literal('code'), code: z.string().min(6).max(40) }),
  /** The system asks its owner, where it has a sensor; for the window on this machine alone. */
  z.strictObject({ kind: z.literal('biometric') }),
]);

export const accessView = z.strictObject({
  needs: proofNeeded,
  /** What else the window may prove it by, as the system calls it; null where there is nothing, or nobody is enrolled. */
  biometric: shortText.nullable(),
  /** How long the proof of this connection is still fresh; 0 without one. */
  freshMs: z.int().min(0),
  /** The authenticator, if one is enrolled, and the wait after wrong codes. */
  totp: z.strictObject({
    enrolled: z.boolean(),
    asksAtUnlock: z.boolean(),
    backupCodesLeft: z.int().min(0),
    waitMs: z.int().min(0),
  }),
});
export type AccessView = z.infer<typeof accessView>;

export const accessEntry = z.strictObject({
  seq: z.int(),
  at: unixMsNumber,
  what: z.enum([
    'unlocked',
    'unlock_failed',
    'locked',
    'stepped_up',
    'step_up_failed',
    'connected',
    'disconnected',
    'factor_changed',
  ]),
  face: shortText,
  how: shortText,
});
export type AccessEntry = z.infer<typeof accessEntry>;

/** A passphrase may be stretched for a second on a slow machine. */
const PROVE_MS = 60_000;

/** Ten groups of Crockford's alphabet, 50 random bits each. */
const backupCodes = z.array(z.string().regex(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/)).length(10);

export const accessContract = {
  'access.status': call('view', nothing, accessView),
  /** Proves who asks; holds for this connection and a minute. */
  'access.step_up': call('admin', z.strictObject({ proof }), accessView, PROVE_MS),
  /**
   * The key and the codes are made by the face that shows them and handed in, as the recovery code is: nothing ever gives one out. The code
   * shows that the authenticator has the key.
   */
  'access.totp_enroll': call(
    'admin',
    z.strictObject({
      secret: z.string().regex(/^[A-Z2-7]{32}$/, 'is not a key of 160 bits in base32'),
      code: z.string().regex(/^\d{6}$/, 'is not a code of six digits'),
      asksAtUnlock: z.boolean(),
      backupCodes,
    }),
    accessView,
    PROVE_MS,
  ),
  'access.totp_disable': call('admin', nothing, accessView),
  'access.backup_codes': call('admin', z.strictObject({ backupCodes }), accessView, PROVE_MS),
  /** Who came, what was proved and what was refused, newest first. */
  'access.log': call('view', z.strictObject({ limit: z.int().min(1).max(500).default(100) }), z.array(accessEntry)),
} as const;
