import { describe, expect, it } from 'vitest';
import { readSources, type SourceFile } from './source-files.ts';

const sources = readSources('src');

/** Stages in the order of the cycle: a stage may know the types of the ones before it, and no one's code. */
const STAGES = [
  'market',
  'context',
  'news',
  'analyst',
  'memory',
  'spawner',
  'agent',
  'risk',
  'execution',
  'ledger',
  'journal',
] as const;

type Rule = { readonly name: string; readonly from: RegExp; readonly allowed: readonly RegExp[] };

const pure = [/^src\/core\/(kernel|domain)\//, /^src\/shared\//];
const stageTypes = /^src\/core\/\w+\/types\.ts$/;

const RULES: readonly Rule[] = [
  { name: 'shared knows nobody', from: /^src\/shared\//, allowed: [/^src\/shared\//, /^(zod|i18next)$/] },
  { name: 'kernel and domain know only themselves', from: /^src\/core\/(kernel|domain)\//, allowed: pure },
  { name: 'ports know types', from: /^src\/core\/ports\//, allowed: [...pure, /^src\/core\/ports\//, stageTypes] },
  ...STAGES.map((stage) => ({
    name: `stage ${stage} knows kernel, domain, ports and the types of other stages`,
    from: new RegExp(`^src/core/${stage}/`),
    allowed: [
      ...pure,
      /^src\/core\/ports\//,
      stageTypes,
      /^zod$/,
      new RegExp(`^src/core/${stage}/`),
      // Indicators and patterns are shared mathematics: a family of strategies may use them, never the context that is built from them.
      ...(stage === 'agent' ? [/^src\/core\/context\/(indicators|patterns)\//] : []),
      // How fine candles make coarser ones is one piece of arithmetic too: the context looks at higher intervals.
      ...(stage === 'context' ? [/^src\/core\/market\/aggregate\.ts$/] : []),
      // What asks the master is one table; the gate reads it and nobody else decides by it.
      ...(stage === 'risk' ? [/^src\/core\/automation\/mode-table\.ts$/] : []),
      // How candles fill orders is one piece of arithmetic for the venue and the back-tester.
      ...(stage === 'execution' ? [/^src\/core\/matching\//] : []),
    ],
  })),
  {
    name: 'automation knows kernel, domain, the types of stages, and itself: it says what asks the master and acts on nothing',
    from: /^src\/core\/automation\//,
    allowed: [...pure, stageTypes, /^src\/core\/automation\//],
  },
  {
    name: 'the order protocol knows kernel, domain, ports and execution',
    from: /^src\/core\/order-protocol\//,
    allowed: [...pure, /^src\/core\/ports\//, stageTypes, /^src\/core\/(execution|order-protocol)\//],
  },
  {
    name: 'the matching core knows kernel, domain and itself',
    from: /^src\/core\/matching\//,
    allowed: [...pure, /^src\/core\/matching\//],
  },
  {
    name: 'arbitrage knows kernel, domain, candles as the market has them, and itself: no agent, no gate and no venue',
    from: /^src\/core\/arbitrage\//,
    allowed: [...pure, /^src\/core\/(market|arbitrage)\//],
  },
  {
    name: 'the scorecard knows kernel, domain, statistics, indicators and the types of stages: what it judges by is nothing an analyst uses',
    from: /^src\/core\/scorecard\//,
    allowed: [...pure, stageTypes, /^src\/core\/(statistics|scorecard|context\/indicators)\//],
  },
  {
    name: 'performance knows kernel, domain, statistics, the books and what records say: no venue, no gate and no agent',
    from: /^src\/core\/performance\//,
    allowed: [...pure, stageTypes, /^src\/core\/(statistics|ledger|performance)\//, /^src\/core\/cycle\/records\.ts$/],
  },
  {
    name: 'evolution knows kernel, domain, statistics, the policy of the spawner and how a plain agent is made',
    from: /^src\/core\/evolution\//,
    allowed: [
      ...pure,
      /^src\/core\/(statistics|evolution)\//,
      /^src\/core\/spawner\/(policy|types)\.ts$/,
      /^src\/core\/backtest\/agent-spec\.ts$/,
    ],
  },
  {
    name: 'target weights know kernel and domain',
    from: /^src\/core\/portfolio\//,
    allowed: [...pure, /^src\/core\/portfolio\//],
  },
  {
    name: 'alerts know kernel, domain, ports and what records say',
    from: /^src\/core\/alerts\//,
    allowed: [...pure, /^src\/core\/ports\//, stageTypes, /^src\/core\/(alerts\/|cycle\/(records|price-decimals)\.ts)/],
  },
  // Statistics judge numbers of any origin: no stage, no port, so that nothing they say can depend on how a run was made.
  {
    name: 'statistics know kernel and domain',
    from: /^src\/core\/statistics\//,
    allowed: [/^src\/core\/(kernel|domain|statistics)\//],
  },
  {
    name: 'reports know kernel, domain and statistics',
    from: /^src\/core\/report\//,
    allowed: [/^src\/core\/(kernel|domain|statistics|report)\//],
  },
  {
    name: 'the cycle, its projections and the back-tester know all of the core',
    from: /^src\/core\/(cycle|projections|backtest|manual)\//,
    allowed: [/^src\/core\//, /^src\/shared\//, /^zod$/],
  },
  {
    name: 'adapters know ports and domain, never how a stage works, electron or react',
    from: /^src\/adapters\//,
    allowed: [
      /^src\/adapters\//,
      ...pure,
      /^src\/core\/ports\//,
      stageTypes,
      // Pure parsing, aggregation and chaining belong to their stages; the adapter brings the file or the database.
      /^src\/core\/market\//,
      /^src\/core\/journal\//,
      /^node:/,
      /^(better-sqlite3|keytar|node-llama-cpp|zod|feedsmith|htmlparser2|@node-rs\/argon2)$/,
    ],
  },
  {
    name: 'the host knows core, adapters and shared',
    from: /^src\/host\//,
    allowed: [/^src\/(host|core|adapters|shared)\//, /^node:/, /^(ws|zod|otpauth|nodemailer|i18next)$/],
  },
  {
    name: 'main knows the host and electron',
    from: /^src\/main\//,
    allowed: [/^src\/(main|host|shared|core|adapters)\//, /^node:/, /^(electron|zod|electron-updater|i18next)$/],
  },
  {
    name: 'preload knows electron and types',
    from: /^src\/preload\//,
    allowed: [/^src\/(preload|shared)\//, /^electron$/],
  },
  {
    name: 'the renderer knows shared and its libraries',
    from: /^src\/renderer\//,
    allowed: [
      /^src\/(renderer|shared)\//,
      // The one page that the window shows as it is.
      /^docs\/third-party-notices\.md\?raw$/,
      /^(react|react-dom|zustand|wouter|lucide-react|clsx|lightweight-charts|zod)(\/|$)/,
      /^(i18next|react-i18next|react-hook-form|react-error-boundary|fuzzysort|qrcode)$/,
      /^@(hookform\/resolvers|xterm)(\/|$)/,
      /^@base-ui\/react/,
      /^@fontsource-variable\//,
    ],
  },
  {
    name: 'the terminal knows the host, core types and its libraries',
    from: /^src\/terminal\//,
    allowed: [/^src\/(terminal|host|shared|core|adapters)\//, /^node:/, /^(ink|react|commander|zod|i18next)(\/|$)/],
  },
];

const violations = (rule: Rule, files: readonly SourceFile[]): readonly string[] =>
  files.flatMap((file) =>
    file.imports
      .filter(({ target }) => !rule.allowed.some((allowed) => allowed.test(target)))
      .map(({ target }) => `${file.path} imports ${target}`),
  );

describe('dependencies point one way', () => {
  it.each(RULES)('$name', (rule) => {
    const files = sources.filter((file) => rule.from.test(file.path));
    expect(files.length, 'a rule that saw no file proves nothing').toBeGreaterThan(0);
    expect(violations(rule, files)).toEqual([]);
  });

  it('every source file is under a rule', () => {
    expect(sources.map((file) => file.path).filter((path) => !RULES.some((rule) => rule.from.test(path)))).toEqual([]);
  });

  it('notices a forbidden import', () => {
    const planted: SourceFile = {
      path: 'src/core/risk/x.ts',
      text: '',
      lines: 1,
      imports: [{ target: 'node:fs', typeOnly: false }],
    };
    const rule = RULES.find((candidate) => candidate.from.test(planted.path));
    expect(rule && violations(rule, [planted])).toEqual(['src/core/risk/x.ts imports node:fs']);
  });

  it('deciders hold no venue and no secret', () => {
    const deciders = sources.filter((file) => /^src\/core\/(analyst|spawner|agent)\//.test(file.path));
    expect(deciders.length).toBeGreaterThan(0);
    const reach = deciders.flatMap((file) =>
      file.imports
        .filter(({ target }) => /execution|venue-client|secret-store/.test(target))
        .map(({ target }) => `${file.path} imports ${target}`),
    );
    expect(reach).toEqual([]);
  });
});

describe('each outside package has one home', () => {
  it.each([
    ['keytar', 'src/adapters/secrets-keytar/'],
    ['better-sqlite3', 'src/adapters/sqlite/'],
    ['@node-rs/argon2', 'src/adapters/passphrase-argon2/'],
    ['node-llama-cpp', 'src/adapters/inference-llama/'],
    ['lightweight-charts', 'src/renderer/charts/'],
    ['electron', 'src/main/'],
    ['ink', 'src/terminal/'],
  ])('%s lives in %s', (name, home) => {
    const users = sources.filter((file) =>
      file.imports.some(({ target }) => target === name || target.startsWith(`${name}/`)),
    );
    expect(users.length, 'a rule that saw no file proves nothing').toBeGreaterThan(0);
    const outside = users.filter(
      (file) => !file.path.startsWith(home) && !(name === 'electron' && file.path.startsWith('src/preload/')),
    );
    expect(outside.map((file) => file.path)).toEqual([]);
  });

  it('ccxt, which is loaded by its path, lives in src/adapters/venue-ccxt/', () => {
    // A name in quotes is how a module gets at a package, whether by import, require or a path that is put together.
    const naming = /(['"`])ccxt(\/[^'"`]*)?\1/;
    const users = sources.filter((file) => naming.test(file.text)).map((file) => file.path);
    expect(users.length, 'a rule that saw no file proves nothing').toBeGreaterThan(0);
    expect(users.filter((path) => !path.startsWith('src/adapters/venue-ccxt/'))).toEqual([]);
  });
});
