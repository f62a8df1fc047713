import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { createRingLogger } from '#adapters/logger/ring-logger.ts';
import { createKeytarStore } from '#adapters/secrets-keytar/keytar-store.ts';
import { Fault } from '#core/kernel/fault.ts';
import { KEYCHAIN_SERVICE } from '#host/engine-config.ts';
import { readLiveEngine } from '#host/engine-file.ts';
import { auditVerdictOf } from '#host/handlers/audit.ts';
import type { ArgsOf } from '#shared/commands/registry.ts';
import { type AuditVerdict, type SignedHeadView, signedHeadView } from '#shared/contract/audit.ts';
import { countText } from '#shared/format/names.ts';
import { type Context, type Run, withSession } from '../context.ts';
import { EXIT } from '../failure.ts';
import { askCredential } from '../secrets/credentials.ts';
import { moment } from '../text/figures.ts';
import { type Line, line, span } from '../text/line.ts';
import { pairs } from '../text/table.ts';

/**
 * Exit code 1 when the journal was changed, so that a script notices. Where no engine runs none is started: it would refuse a broken
 * journal, which is just what is to be looked at.
 */
export const runAuditVerify: Run<ArgsOf<'audit.verify'>> = async ({ saved }, context) => {
  const verdict = await verdictOf(context, saved === undefined ? undefined : readHead(resolve(context.cwd, saved)));
  const witnesses = verdict.witnesses.map(({ name, state, detail }): readonly [string, Line] => [
    name.replace(/^the /, '').replace(/^./, (letter) => letter.toUpperCase()),
    line(span(state, state === 'disagrees' ? 'danger' : state === 'missing' ? 'warn' : 'up'), `: ${detail}`),
  ]);
  context.output.lines(
    verdict.ok
      ? [
          line(span('✓ The journal is whole', 'up'), `: ${countText(verdict.records, 'record')}`),
          ...pairs([['Head', line(verdict.head ?? '')], ...witnesses]),
        ]
      : [
          line(
            span('✕ The journal was changed', 'danger'),
            `: record ${verdict.firstBadSeq ?? '?'} is the first bad one`,
          ),
          ...pairs([
            ['Why', line(verdict.why ?? 'unknown')],
            ['Says', line(verdict.witness ?? 'unknown')],
            ...witnesses,
          ]),
        ],
  );
  context.output.answer(verdict);
  return verdict.ok ? EXIT.ok : EXIT.failed;
};

/** A head as JSON: the head alone, or the whole answer of `mt audit status --json`. */
function readHead(path: string): SignedHeadView {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    const inner = typeof value === 'object' && value !== null && 'signed' in value ? value.signed : value;
    const head = signedHeadView.safeParse(inner).data;
    if (head !== undefined) return head;
  } catch (error) {
    if (!(error instanceof SyntaxError)) {
      throw new Fault('usage', `${path} cannot be read`, 'give the file of a head that mt audit status --json printed');
    }
  }
  throw new Fault(
    'bad_data',
    `${path} holds no signed head`,
    'give the file of a head that mt audit status --json printed',
  );
}

async function verdictOf(context: Context, saved: SignedHeadView | undefined): Promise<AuditVerdict> {
  const { home, verbose, prompt } = context;
  if ((await readLiveEngine(home)) !== undefined) {
    let verdict: AuditVerdict | undefined;
    await withSession(context, 'view', async ({ client }) => {
      verdict = await client.invoke('audit.verify', saved === undefined ? {} : { saved });
      return EXIT.ok;
    });
    if (verdict !== undefined) return verdict;
  }
  const { verifyHome } = await import('#host/verify-home.ts');
  const ask = prompt.interactive ? () => askCredential(prompt, 'passphrase', undefined) : undefined;
  const found = await verifyHome(home, createKeytarStore(KEYCHAIN_SERVICE), createRingLogger({ verbose }), saved, ask);
  return auditVerdictOf(found);
}

export const runAuditStatus: Run<ArgsOf<'audit.status'>> = (_args, context) =>
  withSession(context, 'view', async ({ client }) => {
    const status = await client.invoke('audit.status', {});
    const { signed } = status;
    context.output.lines(
      pairs([
        ['Journal', line(countText(status.records, 'record'), span(`  head ${status.head}`, 'muted'))],
        [
          'Signed',
          signed === null
            ? line(span('nothing yet', 'warn'))
            : line(
                `head ${signed.counter} over records 1 to ${signed.size}`,
                span(`, ${moment(signed.ts)}, ${countText(status.unsigned, 'newer record')} not signed yet`, 'muted'),
              ),
        ],
        ...(signed === null ? [] : [['Root', line(signed.root)] as const]),
        ['Key', line(span(status.fingerprint, 'strong'), span('  fingerprint of the signing key', 'muted'))],
      ]),
    );
    context.output.answer(status);
    return EXIT.ok;
  });

export const runAuditExport: Run<ArgsOf<'audit.export'>> = ({ dir, record, saved }, context) =>
  withSession(context, 'trade', async ({ client }) => {
    const written = await client.invoke('audit.export', {
      dir: resolve(context.cwd, dir ?? 'RECORD_LOGS'),
      ...(record === undefined ? {} : { seq: record }),
      ...(saved === undefined ? {} : { saved: readHead(resolve(context.cwd, saved)) }),
    });
    const { path, records, head, fingerprint } = written;
    context.output.lines([
      line(span('✓ Written', 'up'), `: ${path}`),
      ...pairs([
        [
          'Covers',
          line(`${countText(records, 'record')}, head ${head.counter}`, span(` of ${moment(head.ts)}`, 'muted')),
        ],
        ['Key', line(span(fingerprint, 'strong'), span('  tell this to the reader over another channel', 'muted'))],
        ['Check', line(`node verify.mjs ${basename(path)}`)],
      ]),
    ]);
    context.output.answer(written);
    return EXIT.ok;
  });
