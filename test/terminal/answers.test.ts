import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CommandId, commands } from '#shared/commands/registry.ts';
import { cycleView } from '#shared/contract/cycle.ts';
import { type ExchangeProcess, startExchange } from '../exchange/client.ts';
import { risingMarket, writeCsv } from '../support/candle-csv.ts';
import { installedTerminal } from '../support/installed-terminal.ts';
import { oneJsonLine, runMt, startMt } from '../support/run-mt.ts';
import { tempFolder } from '../support/temp-folder.ts';

const folder = tempFolder('mt-answers');
const home = join(folder.path, 'home');
const market = risingMarket();
const csv = join(folder.path, 'btc-1h.csv.gz');
/** What commands are given that is known only when the tests run. */
const ids = new Map<string, string>();
const yesterday = String(Date.now() - 86_400_000);
const onFile = ['BTC/USDT', '--data', csv, '--interval', '1h', '--at', String(market.decision)];

const ROLE =
  '{{instrument}} {{interval}} {{asOf}} {{lastClose}} {{maxBars}} {{expiresAt}}: decide once for each candle, in one sentence.';
const roleText = join(folder.path, 'role.md');
const newsCsv = join(folder.path, 'news.csv');
const feed = createServer((_request, response) => {
  response.end(
    '<rss version="2.0"><channel><title>t</title><item><title>Bitcoin rallies</title><pubDate>Mon, 01 Jan 2024 00:00:00 GMT</pubDate></item></channel></rss>',
  );
});

let exchange: ExchangeProcess | undefined;
beforeAll(async () => {
  exchange = await startExchange({ venue: 'binance' });
  ids.set('EXCHANGE', `http://127.0.0.1:${exchange.port}`);
  await new Promise<void>((resolve) => feed.listen(0, '127.0.0.1', resolve));
  ids.set('FEED', `http://127.0.0.1:${(feed.address() as AddressInfo).port}/feed`);
  writeFileSync(roleText, ROLE);
  writeFileSync(newsCsv, 'date,title\n2024-01-01T00:00:00Z,Bitcoin exchange hacked\n');
  writeCsv(csv, market.rows);
  await installedTerminal();
});
afterAll(async () => {
  feed.close();
  folder.remove();
  await exchange?.stop();
});

const outputOf = (id: CommandId) => {
  const found = commands.find((command) => command.id === id);
  if (found === undefined) throw new Error(`no command ${id}`);
  return found.output;
};

const played = ['--data', csv, '--interval', '1h', '--strategy', 'sma-cross'];
const searched = ['--method', 'grid', '--space', 'fast=5,10', '--space', 'slow=30,40'];

// In this order: later commands look at what earlier ones did. `up` does not end by itself, what changes the vault would lock out the
// rest, an account at a venue needs keys that only a locked vault takes, and an entry rests only while an engine runs, and models are no part of
// the repository: they have tests of their own.
const CALLS: readonly (readonly [Exclude<CommandId, 'up'>, readonly string[]])[] = [
  ['version', ['version']],
  ['api.describe', ['api', 'describe', join(folder.path, 'api')]],
  ['api.token.new', ['api', 'token', 'new', 'dashboard', '--scope', 'view', '--expires', '2099-01-01']],
  ['api.token.ls', ['api', 'token', 'ls']],
  ['api.token.revoke', ['api', 'token', 'revoke', 'dashboard']],
  ['help', ['help']],
  ['health', ['health']],
  ['setup', ['setup']],
  ['logs', ['logs', '--limit', '5']],
  ['analyse', ['analyse', ...onFile]],
  ['spawn', ['spawn', ...onFile, '--seed', '7', '--cash', '5000', '--fee-bps', '5']],
  ['status', ['status']],
  ['chart', ['chart', 'BTC/USDT', '15m', '--candles', '50']],
  ['portfolio.show', ['portfolio', 'show']],
  ['agents', ['agents']],
  ['agents.show', ['agents', 'show', 'AGENT', '--diff']],
  ['agents.log', ['agents', 'log', 'AGENT', '--limit', '5']],
  ['agents.clone', ['agents', 'clone', 'AGENT', '--candles', '24', '--budget', '300', '--brief']],
  ['agent.why', ['agent', 'why', 'AGENT']],
  ['facts', ['facts', 'RUN']],
  ['why', ['why', 'RUN']],
  ['strategies.ls', ['strategies', 'ls']],
  ['strategies.show', ['strategies', 'show', 'scalping']],
  ['strategies.switches', ['strategies', 'switches']],
  ['portfolio.profit.set', ['portfolio', 'profit', 'set', '--share', '0.5']],
  ['portfolio.profit.show', ['portfolio', 'profit', 'show']],
  ['portfolio.targets.set', ['portfolio', 'targets', 'set', 'BTC/USDT=0.1', '--band', '0.03']],
  ['portfolio.targets.show', ['portfolio', 'targets', 'show']],
  ['portfolio.rebalance', ['portfolio', 'rebalance', '--preview']],
  ['portfolio.log', ['portfolio', 'log']],
  ['perf', ['perf', '--period', '30d', '--by', 'agent']],
  ['targets', ['targets']],
  ['scorecard.show', ['scorecard', 'show']],
  ['scorecard.measure', ['scorecard', 'measure', '--data', csv, '--interval', '1h', '--moments', '40']],
  ['memory.ls', ['memory', 'ls']],
  ['memory.show', ['memory', 'show', 'LESSON']],
  ['memory.posteriors', ['memory', 'posteriors']],
  ['memory.summary', ['memory', 'summary']],
  ['prompts.ls', ['prompts', 'ls']],
  ['prompts.edit', ['prompts', 'edit', 'role', '--file', roleText, '--reason', 'a test']],
  ['prompts.show', ['prompts', 'show', 'role']],
  ['prompts.restore', ['prompts', 'restore', 'role', '--reason', 'a test']],
  ['memory.revoke', ['memory', 'revoke', 'LESSON', '--reason', 'a test']],
  ['import', ['import', csv, '--instrument', 'BTC/USDT', '--interval', '1h']],
  ['data.ls', ['data', 'ls']],
  ['data.check', ['data', 'check', 'BTC/USDT']],
  ['data.export', ['data', 'export', 'BTC/USDT', '--out', join(folder.path, 'again.csv'), '--overwrite']],
  ['data.fetch', ['data', 'fetch', 'binance', 'ETH/USDT', '1h', '--from', yesterday, '--url', 'EXCHANGE']],
  ['models.ls', ['models', 'ls']],
  ['news.add', ['news', 'add', 'FEED', '--name', 'wire']],
  ['news.fetch', ['news', 'fetch']],
  ['news.import', ['news', 'import', newsCsv, '--name', 'archive', '--delay', '30']],
  ['news.show', ['news', 'show', 'BTC/USDT', '--limit', '5']],
  ['news.ls', ['news', 'ls']],
  ['news.rm', ['news', 'rm', 'wire']],
  ['venue.ls', ['venue', 'ls']],
  ['venue.check', ['venue', 'check', 'binance', '--url', 'EXCHANGE']],
  ['backtest', ['backtest', '--data', csv, '--interval', '1h', '--strategy', 'trend-following']],
  ['lab.search', ['lab', 'search', ...played, ...searched]],
  ['lab.walkforward', ['lab', 'walkforward', ...played, ...searched, '--folds', '2', '--objective', 'return']],
  [
    'lab.evolve',
    [
      'lab',
      'evolve',
      '--data',
      csv,
      '--interval',
      '1h',
      '--family',
      'reversal',
      '--population',
      '2',
      '--generations',
      '2',
    ],
  ],
  ['lab.lineage', ['lab', 'lineage', 'EVOLUTION']],
  ['lab.list', ['lab', 'list']],
  ['lab.show', ['lab', 'show', 'BACKTEST']],
  ['lab.trade', ['lab', 'trade', 'BACKTEST', '1']],
  ['lab.compare', ['lab', 'compare', 'BACKTEST', 'BACKTEST']],
  ['lab.export', ['lab', 'export', 'BACKTEST', '--html', join(folder.path, 'r.html')]],
  ['lab.resume', ['lab', 'resume', 'SEARCH']],
  ['lab.holdout', ['lab', 'holdout', 'WALK']],
  ['lab.measurements', ['lab', 'measurements']],
  ['audit.verify', ['audit', 'verify']],
  ['audit.status', ['audit', 'status']],
  ['audit.export', ['audit', 'export', join(folder.path, 'RECORD_LOGS'), '--yes']],
  ['vault.status', ['vault', 'status']],
  ['keys.ls', ['keys', 'ls']],
  ['backup.now', ['backup', 'now']],
  ['backup.ls', ['backup', 'ls']],
  ['backup.verify', ['backup', 'verify', 'BACKUP']],
  ['backup.restore', ['backup', 'restore', 'BACKUP', '--to', join(folder.path, 'restored')]],
  ['account.ls', ['account', 'ls']],
  ['order.buy', ['order', 'buy', 'BTC/USDT', '0.01', '--stop', '39000', '--take', '43000']],
  ['order.preview', ['order', 'preview', 'buy', 'BTC/USDT', '0.01', '--stop', '39000']],
  ['order.sell', ['order', 'sell', 'BTC/USDT', '0.004', '--key', 'sell-once-1']],
  ['order.tighten', ['order', 'tighten', 'BTC/USDT', '39100']],
  ['portfolio.export', ['portfolio', 'export', 'fills']],
  ['order.ls', ['order', 'ls']],
  ['order.close', ['order', 'close', 'BTC/USDT']],
  ['account.reset', ['account', 'reset', 'simulated', '--reason', 'a test', '--yes']],
  ['halt', ['halt', '--reason', 'a test']],
  ['flatten', ['flatten', '--reason', 'a test']],
  ['kill', ['kill', '--reason', 'a test']],
  ['stop', ['stop', '--preview']],
  ['access.status', ['access', 'status']],
  ['access.log', ['access', 'log', '--limit', '5']],
  ['limits.show', ['limits', 'show']],
  ['limits.set', ['limits', 'set', 'dayLoss', '0.015']],
  ['alerts', ['alerts', '--limit', '5']],
  ['alerts.read', ['alerts', 'read']],
  ['alerts.kinds', ['alerts', 'kinds']],
  ['alerts.mute', ['alerts', 'mute', 'agent_spawned']],
  ['alert.price', ['alert', 'price', 'BTC/USDT', 'above', '65000']],
  ['alert.prices', ['alert', 'prices']],
  ['alert.remove', ['alert', 'remove', 'P-1']],
  ['outbound.show', ['outbound', 'show']],
  ['outbound.log', ['outbound', 'log']],
  ['config.get', ['config', 'get']],
  ['config.set', ['config', 'set', 'density', 'dense']],
  ['resume', ['resume', '--reason', 'the test goes on']],
  ['mode', ['mode']],
  ['approvals', ['approvals']],
  ['schedule', ['schedule']],
  ['schedule.set', ['schedule', 'set', '--every', '1h', '--between', '08:00-17:00', '--yes']],
  ['schedule.off', ['schedule', 'off']],
];

/** What later commands call the result of an earlier one. */
const NAMED: ReadonlyMap<CommandId, string> = new Map<CommandId, string>([
  ['backtest', 'BACKTEST'],
  ['lab.search', 'SEARCH'],
  ['lab.walkforward', 'WALK'],
  ['lab.evolve', 'EVOLUTION'],
  ['backup.now', 'BACKUP'],
]);
/** These change what they were asked about, so that a second time is another question. */
const ONCE: readonly CommandId[] = [
  'news.fetch',
  'news.rm',
  'memory.revoke',
  'halt',
  'flatten',
  'kill',
  'resume',
  'lab.holdout',
  'order.tighten',
  'backup.restore',
  'alert.remove',
];

/** A study of more than a moment tells on standard error how far it is; on a slow machine that is every study. */
const withoutProgress = (stderr: string): string =>
  stderr.replaceAll(/^\d+ of \d+ runs(, \d+ failed)?(, .* left)?\n/gm, '');

describe('the answers of mt', () => {
  let agent = '';
  const answers = new Map<CommandId, unknown>();
  const run = (words: readonly string[], ...more: readonly string[]) =>
    runMt([...words.map((word) => (word === 'AGENT' ? agent : (ids.get(word) ?? word))), ...more], { home });

  it('are tested for every command of the registry', () => {
    const all = commands.map(({ id }) => id);
    const elsewhere = all.filter((id) =>
      /^(up|outbound\.(?!show|log)|access\.(totp|backup)|vault\.(?!status)|keys\.(?!ls)|account\.(add|remove)|order\.cancel|models\.(?!ls)|receipt|replay|portfolio\.profit\.release|agents\.retire|agent\.(pause|resume)|approve|reject|lab\.(arbitrage|families|review|measurements\.stop))/.test(
        id,
      ),
    );
    expect([...CALLS.map(([id]) => id), ...elsewhere].sort()).toEqual(all.sort());
  });

  it.each(CALLS)('%s --json prints exactly one line that fits its schema, and nothing else', async (id, words) => {
    const { code, stdout, stderr } = await run(words, '--json');
    expect(withoutProgress(stderr)).toBe('');
    expect(code).toBe(0);
    const answer = oneJsonLine(stdout);
    answers.set(id, outputOf(id).parse(answer));
    const made = NAMED.get(id);
    if (made !== undefined) {
      const {
        id: given,
        name,
        order,
      } = answer as Readonly<{ id?: string; name?: string; order?: { clientOrderId: string } }>;
      ids.set(made, given ?? name ?? order?.clientOrderId ?? '');
    }
    if (id === 'spawn') {
      const view = cycleView.parse(answer);
      agent = view.agentId ?? '';
      ids.set('RUN', view.runId);
    }
    if (id === 'memory.ls') ids.set('LESSON', (answer as { lessons: { id: string }[] }).lessons[0]?.id ?? '');
  });

  it.each(CALLS.filter(([id]) => !ONCE.includes(id)))(
    '%s --plain prints lines without an escape sequence',
    async (_id, words) => {
      const { code, stdout, stderr } = await run(words, '--plain');
      expect(withoutProgress(stderr)).toBe('');
      expect(code).toBe(0);
      expect(stdout.length).toBeGreaterThan(4);
      expect(stdout).not.toContain('\u001b');
      expect(stdout).not.toMatch(/NaN|undefined|Infinity|\[object/);
    },
  );

  it('tells of a spawn first what a script looks for, with the money exact', () => {
    const view = cycleView.parse(answers.get('spawn'));
    expect(Object.keys(answers.get('spawn') as object).length).toBeGreaterThan(10);
    expect(view.assessment?.regime).toBe('trending_up');
    expect(view.agentSpec?.family).toBe('trend-following');
    expect(view.result?.outcome).toBe('traded');
    expect(view.orders.length).toBeGreaterThan(0);
    expect(view.fills.length).toBeGreaterThan(0);
    expect(view.result?.reconciliation).toMatchObject({ startingEquity: '5000', difference: '0' });
    expect(view.timings?.pressToFirstOrderMs).toBeGreaterThan(0);
    expect(view).toMatchObject({ seed: 7, at: market.decision, trigger: 'terminal', marketSource: 'recorded candles' });
  });

  it('streams each stage, then brief, orders, fills, result and lesson', async () => {
    const { stdout } = await run(['spawn', ...onFile]);
    const order = [
      'MASTER TRADER',
      '✓ Preflight',
      '✓ Market data',
      '✓ Facts',
      '✓ Regime',
      '✓ Memory',
      '✓ Agent spec',
      '✓ Agent ',
      '✓ Debrief',
      'Brief',
      'Will not',
      'Limits',
      'Orders',
      'Fills',
      'Result',
      'Unexplained',
      'the books balance',
      '\n  Lesson ',
      'Journal head',
      'Press to first order',
    ];
    const places = order.map((text) => stdout.indexOf(text));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it('counts no trade as an answer: exit code 0 and the reason', async () => {
    const { code, stdout } = await run(['spawn', '--seed', '3'], '--json');
    const view = cycleView.parse(oneJsonLine(stdout));
    expect(view.result?.outcome).toBe('no_trade');
    expect(view.result?.reason).not.toBe('');
    expect(code).toBe(0);
  });

  it('uses imported candles', async () => {
    const { stdout } = await run(['analyse', 'BTC/USDT', '--imported', '--interval', '1h'], '--json');
    expect(oneJsonLine(stdout)).toMatchObject({ marketSource: 'imported candles' });
  });

  it('shows the protection of the data as a state where there is no keyring', async () => {
    const { stdout } = await run(['status'], '--json');
    expect(oneJsonLine(stdout)).toMatchObject({
      protection: { slot: 'open_file', protected: false, label: expect.stringMatching(/file/) },
      engine: 'own',
      home,
    });
  });

  it('prints the help and no colour when nothing is asked and nobody looks', async () => {
    const { code, stdout, stderr } = await run([]);
    expect(code).toBe(0);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^Usage: mt /);
  });

  it('writes the log to standard error only when asked', async () => {
    const { stdout, stderr } = await run(['audit', 'verify', '--json', '--verbose']);
    oneJsonLine(stdout);
    expect(stderr === '' || /^\d{4}-\d\d-\d\dT/.test(stderr)).toBe(true);
  });

  it('stays quiet when its reader has seen enough', async () => {
    const running = await startMt(['agent', 'why', agent], { home });
    running.child.stdout?.destroy();
    const { stderr } = await running.finished;
    expect(stderr).toBe('');
  });
});
