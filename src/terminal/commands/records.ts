import { resolve } from 'node:path';
import { createRingLogger } from '#adapters/logger/ring-logger.ts';
import { KEYCHAIN_SERVICE } from '#host/engine-config.ts';
import { readLiveEngine } from '#host/engine-file.ts';
import { auditVerdictOf } from '#host/handlers/audit.ts';
import type { ArgsOf } from '#shared/commands/registry.ts';
import type { AuditVerdict } from '#shared/contract/audit.ts';
import { countText } from '#shared/format/names.ts';
import { type Context, type Run, withSession } from '../context.ts';
import { EXIT } from '../failure.ts';
import { moment } from '../text/figures.ts';
import { type Line, line, span } from '../text/line.ts';
import { pairs } from '../text/table.ts';

const GAPS_SHOWN = 5;

export const runImport: Run<ArgsOf<'import'>> = ({ file, instrument, interval }, context) =>
  withSession(context, 'trade', async ({ client }) => {
    const done = await client.invoke('market.import', { path: resolve(context.cwd, file), instrument, interval });
    const gaps = done.gaps
      .slice(0, GAPS_SHOWN)
      .map((gap, index): readonly [string, Line] => [
        index === 0 ? 'Gaps' : '',
        line(`${countText(gap.missing, 'candle')} missing between ${moment(gap.after)} and ${moment(gap.before)}`),
      ]);
    const more = done.gaps.length - gaps.length;
    context.output.lines([
      line(
        span(`${done.instrument} ${done.interval}`, 'strong'),
        `  ${countText(done.candles, 'candle')} read, ${countText(done.added, 'new one')}`,
      ),
      ...pairs([
        ['From', line(moment(done.firstOpen))],
        ['To', line(moment(done.lastOpen), span(' (open times)', 'muted'))],
        ['Known', line(countText(done.known, 'candle'), span(' were there already', 'muted'))],
        ...(gaps.length === 0 ? [['Gaps', line('none')] as const] : gaps),
        ...(more > 0 ? [['', line(`and ${countText(more, 'more gap')}`)] as const] : []),
      ]),
    ]);
    context.output.answer(done);
    return EXIT.ok;
  });

/**
 * Exit code 1 when the chain is broken, so that a script notices. Where no engine runs none is started: it would refuse a broken journal,
 * which is just what is to be looked at.
 */
export const runAuditVerify: Run<ArgsOf<'audit.verify'>> = async (_args, context) => {
  const verdict = await verdictOf(context);
  context.output.lines(
    verdict.ok
      ? [
          line(span('✓ The journal is whole', 'up'), `: ${countText(verdict.records, 'record')}`),
          ...pairs([['Head', line(verdict.head ?? '')]]),
        ]
      : [
          line(
            span('✕ The journal was changed', 'danger'),
            `: record ${verdict.firstBadSeq ?? '?'} is the first bad one`,
          ),
          ...pairs([['Why', line(verdict.why ?? 'unknown')]]),
        ],
  );
  context.output.answer(verdict);
  return verdict.ok ? EXIT.ok : EXIT.failed;
};

async function verdictOf(context: Context): Promise<AuditVerdict> {
  const { home, verbose } = context;
  if ((await readLiveEngine(home)) !== undefined) {
    let verdict: AuditVerdict | undefined;
    await withSession(context, 'view', async ({ client }) => {
      verdict = await client.invoke('audit.verify', {});
      return EXIT.ok;
    });
    if (verdict !== undefined) return verdict;
  }
  const { verifyHome } = await import('#host/verify-home.ts');
  const { createKeytarStore } = await import('#adapters/secrets-keytar/keytar-store.ts');
  const result = await verifyHome(home, createKeytarStore(KEYCHAIN_SERVICE), createRingLogger({ verbose }));
  return auditVerdictOf(result);
}
