import { describe, expect, it } from 'vitest';
import { commandName, kebab } from '#shared/commands/command.ts';
import { commands } from '#shared/commands/registry.ts';
import { argName, argsOf, usageOf } from '#shared/commands/usage.ts';

const spawn = commands.find(({ id }) => id === 'spawn');

describe('the registry of commands', () => {
  it('has one entry for each command that was promised', () => {
    expect(commands.map(commandName)).toEqual([
      'spawn',
      'analyse',
      'chart',
      'portfolio show',
      'status',
      'health',
      'logs',
      'setup',
      'agents',
      'agents show',
      'agents log',
      'agent pause',
      'agent resume',
      'agents retire',
      'agents clone',
      'agent why',
      'facts',
      'receipt',
      'replay',
      'why',
      'order buy',
      'order sell',
      'order preview',
      'order cancel',
      'order close',
      'order tighten',
      'order ls',
      'account ls',
      'account add',
      'account remove',
      'account reset',
      'import',
      'data ls',
      'data check',
      'data export',
      'data fetch',
      'venue ls',
      'venue check',
      'models ls',
      'models import',
      'models download',
      'models rm',
      'models use',
      'models remote',
      'models load',
      'models unload',
      'models bench',
      'models canary',
      'models train-sentiment',
      'news ls',
      'news add',
      'news rm',
      'news fetch',
      'news import',
      'news show',
      'backtest',
      'lab search',
      'lab walkforward',
      'lab list',
      'lab show',
      'lab trade',
      'lab compare',
      'lab export',
      'lab resume',
      'lab holdout',
      'lab measurements',
      'lab measurements stop',
      'lab evolve',
      'lab lineage',
      'lab review',
      'lab arbitrage',
      'lab families',
      'strategies ls',
      'strategies show',
      'strategies switches',
      'scorecard show',
      'scorecard measure',
      'audit verify',
      'audit status',
      'audit export',
      'vault status',
      'vault set-passphrase',
      'vault unlock',
      'vault lock',
      'vault change-passphrase',
      'vault rotate',
      'vault recovery',
      'vault unattended',
      'keys ls',
      'keys add',
      'keys remove',
      'backup now',
      'backup ls',
      'backup verify',
      'backup restore',
      'api describe',
      'api token new',
      'api token ls',
      'api token revoke',
      'up',
      'mode',
      'approvals',
      'approve',
      'reject',
      'schedule',
      'schedule set',
      'schedule off',
      'halt',
      'flatten',
      'kill',
      'stop',
      'resume',
      'limits show',
      'limits set',
      'access status',
      'access log',
      'access totp enroll',
      'access totp disable',
      'access backup-codes',
      'alerts',
      'alerts read',
      'alerts kinds',
      'alerts mute',
      'alert price',
      'alert prices',
      'alert remove',
      'outbound show',
      'outbound webhook',
      'outbound telegram',
      'outbound email',
      'outbound test',
      'outbound remove',
      'outbound log',
      'config get',
      'config set',
      'portfolio profit show',
      'portfolio profit set',
      'portfolio profit release',
      'portfolio targets show',
      'portfolio targets set',
      'portfolio rebalance',
      'portfolio log',
      'portfolio export',
      'perf',
      'targets',
      'memory ls',
      'memory show',
      'memory revoke',
      'memory posteriors',
      'memory summary',
      'prompts ls',
      'prompts show',
      'prompts edit',
      'prompts restore',
      'version',
      'help',
    ]);
    expect(new Set(commands.map(({ id }) => id)).size).toBe(commands.length);
  });

  it.each(commands.map((command) => [command.id, command] as const))(
    '%s explains itself, every argument and at least one example',
    (_id, command) => {
      expect(command.summary).toMatch(/^[A-Z].*[^.]$/);
      expect(command.examples.length).toBeGreaterThan(0);
      for (const example of command.examples) expect(example.startsWith(`mt ${commandName(command)}`)).toBe(true);
      for (const arg of argsOf(command)) {
        expect(arg.summary, arg.key).not.toBe('');
        if (arg.kind === 'option') expect(arg.form, `${arg.key} must say what a right value is`).toBeDefined();
      }
    },
  );

  it('writes the usage of a command from its arguments', () => {
    expect(commands.map(usageOf)).toContain('mt import FILE --instrument INSTRUMENT --interval INTERVAL');
    expect(commands.map(usageOf)).toContain('mt agent why ID');
    expect(commands.map(usageOf)).toContain('mt spawn [INSTRUMENT] [options]');
    expect(commands.map(usageOf)).toContain('mt help [COMMAND...]');
  });

  it('says of each command what it may do to money', () => {
    const read = commands.filter(({ risk }) => risk === 'read').map(({ id }) => id);
    expect(read).not.toContain('spawn');
    for (const acts of ['kill', 'backup.now', 'audit.export', 'lab.families', 'scorecard.measure'])
      expect(read).not.toContain(acts);
    expect(commands.find(({ id }) => id === 'kill')?.risk).toBe('reduce');
    expect(spawn?.risk).toBe('increase');
  });

  it('names options in kebab-case', () => {
    expect(kebab('feeBps')).toBe('fee-bps');
    const names = commands.flatMap((command) => argsOf(command).map(argName));
    expect(names).toContain('--fee-bps');
    expect(names.filter((name) => name.startsWith('--')).every((name) => /^--[a-z]+(-[a-z]+)*$/.test(name))).toBe(true);
  });
});

describe('what is typed for a spawn', () => {
  const parse = (raw: Record<string, unknown>) => spawn?.args.safeParse(raw);

  it('is checked and made into what the contract wants', () => {
    expect(
      parse({ instrument: 'btc/usdt', at: '2023-10-20', seed: '7', cash: '2500.50', feeBps: '7.5' })?.data,
    ).toEqual({
      instrument: 'BTC/USDT',
      at: Date.UTC(2023, 9, 20),
      seed: 7,
      cash: '2500.50',
      feeBps: '7.5',
      imported: false,
      masked: false,
      paper: false,
      shadow: false,
      yes: false,
      set: {},
      brief: false,
      live: false,
    });
  });

  it.each([
    ['seed', ['-1', '1.5', '9007199254740992', 'x', '', '0x10', '1e3']],
    ['cash', ['0', '0.00', '-1', '1e5', 'ten', '', '1,000', '.5', '5.']],
    ['feeBps', ['-1', '1000.1', '1001', 'x', '', '1e2']],
    ['interval', ['2h', '1H', '', '60']],
    ['instrument', ['BTCUSDT', 'BTC/', '/USDT', 'BTC/USDT.SIM', '']],
    ['data', ['', 'a\0b']],
    ['samples', ['0', '6', '1.5', 'x', '']],
    ['cutoff', ['2024', '2024-13-01', 'soon', '', '30.06.2024']],
  ])('refuses every wrong --%s', (key, wrong) => {
    for (const value of wrong) expect(parse({ [key]: value })?.success, `${key} ${JSON.stringify(value)}`).toBe(false);
  });

  it.each([
    ['seed', ['0', '9007199254740991']],
    ['cash', ['0.01', '10000']],
    ['feeBps', ['0', '10', '999.99', '1000', '1000.0']],
  ])('accepts the edges of --%s', (key, right) => {
    for (const value of right) expect(parse({ [key]: value })?.success, `${key} ${value}`).toBe(true);
  });
});
