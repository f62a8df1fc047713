import { randomBytes } from 'node:crypto';
import { Fault } from '#core/kernel/fault.ts';
import { ENROLMENT_BYTES, otpauthUri, writeEnrolment } from '#shared/authenticator-key.ts';
import type { ArgsOf } from '#shared/commands/registry.ts';
import type { AccessView } from '#shared/contract/access.ts';
import { type Context, type Run, withSession } from '../context.ts';
import { EXIT } from '../failure.ts';
import { moment } from '../text/figures.ts';
import { type Line, line, span } from '../text/line.ts';
import { pairs, table } from '../text/table.ts';

const NEEDED: Readonly<Record<AccessView['needs'], string>> = {
  confirm: 'a confirmation; there is no passphrase yet',
  passphrase: 'the passphrase',
  totp: 'a code of the authenticator, or a backup code',
};

const accessLines = ({ needs, totp, biometric }: AccessView): readonly Line[] =>
  pairs([
    ['Proof', line(NEEDED[needs])],
    ['In the window', line(biometric ?? 'no sensor of the system')],
    ['Authenticator', line(totp.enrolled ? (totp.asksAtUnlock ? 'enrolled, asked at unlock' : 'enrolled') : 'none')],
    ...(totp.enrolled ? [['Backup codes', line(`${totp.backupCodesLeft} left`)] as const] : []),
    ...(totp.waitMs === 0
      ? []
      : [['Wait', line(span(`${Math.ceil(totp.waitMs / 1000)} s before the next code`, 'warn'))] as const]),
  ]);

function said({ output }: Context, view: AccessView): number {
  output.lines(accessLines(view));
  output.answer(view);
  return EXIT.ok;
}

export const runAccessStatus: Run<ArgsOf<'access.status'>> = (_args, context) =>
  withSession(context, 'view', async ({ client }) => said(context, await client.invoke('access.status', {})));

export const runAccessLog: Run<ArgsOf<'access.log'>> = ({ limit }, context) =>
  withSession(context, 'view', async ({ client }) => {
    const entries = await client.invoke('access.log', { limit });
    context.output.lines(
      entries.length === 0
        ? [line('Nobody came, and nothing was proved or refused.')]
        : table(
            [
              { title: 'When', cell: ({ at }) => moment(at) },
              { title: 'What', cell: ({ what }) => what.replaceAll('_', ' ') },
              { title: 'Who', cell: ({ face }) => face },
              { title: 'How', cell: ({ how }) => how },
            ],
            entries,
          ),
    );
    context.output.answer({ entries });
    return EXIT.ok;
  });

const needsPerson = ({ prompt }: Context): void => {
  if (prompt.interactive) return;
  throw new Fault('usage', 'a new key or code is shown to one person, and nobody sits here', 'run it on a terminal');
};

const showCodes = ({ output }: Context, codes: readonly string[]): void =>
  output.note(
    `Backup codes, shown once. Each opens once, when the authenticator is lost:\n\n  ${codes.join('\n  ')}\n`,
  );

export const runTotpEnroll: Run<ArgsOf<'access.totp.enroll'>> = ({ atUnlock }, context) =>
  withSession(context, 'trade', async ({ client }) => {
    needsPerson(context);
    const { secret, backupCodes } = writeEnrolment(randomBytes(ENROLMENT_BYTES));
    context.output.note(`Key for the authenticator app, shown once:\n\n  ${secret}\n  ${otpauthUri(secret)}\n`);
    const code = (await context.prompt.hidden('Code that the app shows now')).trim();
    const view = await client.invoke('access.totp_enroll', { secret, code, asksAtUnlock: atUnlock, backupCodes });
    showCodes(context, backupCodes);
    return said(context, view);
  });

export const runTotpDisable: Run<ArgsOf<'access.totp.disable'>> = (_args, context) =>
  withSession(context, 'trade', async ({ client }) => said(context, await client.invoke('access.totp_disable', {})));

export const runBackupCodes: Run<ArgsOf<'access.backup-codes'>> = (_args, context) =>
  withSession(context, 'trade', async ({ client }) => {
    needsPerson(context);
    const { backupCodes } = writeEnrolment(randomBytes(ENROLMENT_BYTES));
    const view = await client.invoke('access.backup_codes', { backupCodes });
    showCodes(context, backupCodes);
    return said(context, view);
  });
