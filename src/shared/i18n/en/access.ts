/** Words of master access: proofs, the second factor, the log of who came. */
export const access = {
  passphrase: 'Passphrase',
  code: 'Code of the authenticator, or a backup code',
  cancel: 'Cancel',
  stepUp: {
    title: 'Is it you?',
    confirmText: 'There is no passphrase yet, so a confirmation suffices. Set a passphrase to make this a proof.',
    proofText: 'The proof holds for a minute, for this window alone, and is written down.',
    confirm: 'Yes, do it',
    prove: 'Prove and go on',
    biometric: 'Use {{name}}',
    proving: 'Proving…',
  },
} as const;
