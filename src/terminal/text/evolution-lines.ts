import type { LineageView, ReviewView } from '#shared/contract/evolution.ts';
import type { GenomeView, PromotionView } from '#shared/contract/evolution-views.ts';
import type { LabStudyView } from '#shared/contract/lab-views.ts';
import { figureText, paramsText } from '#shared/format/lab.ts';
import { countText } from '#shared/format/names.ts';
import { moment } from './figures.ts';
import { type Line, line, span } from './line.ts';
import { metricTable } from './run-lines.ts';
import { heading, pairs, table } from './table.ts';

type Evolution = Extract<LabStudyView, { readonly kind: 'evolution' }>;

const ASCII = { ascii: true } as const;
const score = (value: number | null): string => (value === null ? '-' : value.toFixed(4));

/** `risk 2/4 stop 4/4 target 3/4`, in quarters of the policy. */
const envelopeText = ({ envelope: { risk, stop, target } }: GenomeView): string =>
  `risk ${risk}/4 stop ${stop}/4 target ${target}/4`;

const genomeText = (genome: GenomeView): string =>
  `${genome.family}  ${paramsText(genome.params)}  ${envelopeText(genome)}`;

/** What an evolution has beside every other study. */
export function evolutionLines(study: Evolution): readonly Line[] {
  const { best, control, generations, proof, verdict, holdout, windows } = study;
  return [
    ...(generations.length === 0
      ? []
      : [
          ...heading('Generations', span('fitness in windows, after costs', 'muted')),
          ...table(
            [
              { title: 'GENERATION', cell: ({ generation }) => String(generation + 1), align: 'right' },
              { title: 'TRIED', cell: ({ tried }) => String(tried), align: 'right' },
              { title: 'BEST', cell: (row) => score(row.best), align: 'right' },
              { title: 'MEDIAN', cell: (row) => score(row.median), align: 'right' },
              { title: 'BEST SO FAR', cell: (row) => score(row.bestSoFar), align: 'right' },
            ],
            generations,
          ),
        ]),
    ...(control === null
      ? []
      : pairs([
          [
            'Even draws',
            line(
              `best ${score(control.best)}, median ${score(control.median)}`,
              span(`  of ${countText(control.tried, 'configuration')} drawn evenly, for comparison`, 'muted'),
            ),
          ],
          [
            'Windows',
            line(`${windows.length}, ${moment(windows[0]?.from ?? 0)} to ${moment(windows.at(-1)?.to ?? 0)}`),
          ],
        ])),
    ...(best === null ? [] : [...heading('Best', span(best.id, 'muted')), line(`  ${genomeText(best)}`)]),
    ...(proof === null
      ? []
      : [
          ...heading(
            'Proof',
            span(`${moment(proof.from)} to ${moment(proof.to)}, on which nothing was chosen`, 'muted'),
          ),
          ...metricTable(proof.metrics),
        ]),
    ...(verdict === null
      ? []
      : [
          ...heading('Verdict', span(verdict.standing, verdict.standing === 'candidate for paper' ? 'up' : 'warn')),
          ...verdict.reasons.map((reason) => line(`  ${reason}`)),
          line(
            span(
              `  against the spread of all that was tried: ${figureText('deflatedSharpe', verdict.deflatedBySpread, ASCII).value}`,
              'muted',
            ),
          ),
        ]),
    ...(holdout === null ? [] : pairs([['Holdout', line(`${moment(holdout.from)} to ${moment(holdout.to)}: locked`)]])),
  ];
}

/** A genome under those it came from, each deeper by two; one that stands above already is only named. */
function treeLines(genomes: readonly GenomeView[], root: GenomeView): readonly Line[] {
  const byId = new Map(genomes.map((genome) => [genome.id, genome] as const));
  const told = new Set<string>();
  const visit = (genome: GenomeView, depth: number): readonly Line[] => {
    const head = `${'  '.repeat(depth)}${genome.id}`;
    if (told.has(genome.id)) return [line(span(`${head}  (above)`, 'muted'))];
    told.add(genome.id);
    const own = line(
      head,
      span(`  ${genome.origin} in generation ${genome.generation + 1}, fitness ${score(genome.fitness)}  `, 'muted'),
      genomeText(genome),
    );
    const parents = genome.parents.flatMap((id) => byId.get(id) ?? []);
    return [own, ...parents.flatMap((parent) => visit(parent, depth + 1))];
  };
  return visit(root, 0);
}

const decisionLines = (decisions: readonly PromotionView[]): readonly Line[] =>
  decisions.flatMap(({ genome, decision, market, at, reasons }) => [
    line(`  ${moment(at)}  ${genome}  `, span(decision, 'strong'), span(`  ${market}`, 'muted')),
    ...reasons.map((reason) => line(span(`    ${reason}`, 'muted'))),
  ]);

/** The best genome of an evolution, or the asked one, with all its ancestors. */
export function lineageLines({ id, study, genomes, decisions, agentHash }: LineageView): readonly Line[] {
  const [best] = genomes.toSorted((a, b) => (b.fitness ?? -Infinity) - (a.fitness ?? -Infinity));
  const root = genomes.find((genome) => genome.id === id) ?? best;
  const children = genomes.filter(({ parents }) => parents.includes(id));
  return [
    line(span(`lineage ${id}`, 'strong'), span(`  of ${study}`, 'muted')),
    ...(root === undefined ? [line('  nothing was bred yet')] : treeLines(genomes, root)),
    ...(children.length === 0
      ? []
      : [...heading('Children'), ...children.map((child) => line(`  ${child.id}  ${genomeText(child)}`))]),
    ...(agentHash === null ? [] : pairs([['Agent', line(span(agentHash, 'muted'))]])),
    ...(decisions.length === 0 ? [] : [...heading('Decisions'), ...decisionLines(decisions)]),
  ];
}

export const reviewLines = ({ genome, decision, reasons, days, demoted }: ReviewView): readonly Line[] => [
  line(
    span(genome, 'strong'),
    `  ${demoted ? 'demoted' : decision}`,
    span(`  after ${countText(days, 'day')}`, 'muted'),
  ),
  ...reasons.map((reason) => line(`  ${reason}`)),
];
