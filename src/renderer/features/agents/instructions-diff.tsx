import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { AgentPrompt } from '#shared/contract/agents.ts';
import type { BriefPrompt } from '#shared/contract/brief-prompt.ts';
import { shortHash } from '#shared/format/names.ts';
import { Chip } from '../../components/chip.tsx';
import { CopyText } from '../../components/copy-text.tsx';
import { countKind, type DiffLine, LineDiff } from '../../components/line-diff.tsx';
import { Select } from '../../components/select.tsx';
import { LoadedView } from '../../components/states.tsx';
import { Cell, Table } from '../../components/table.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { Words } from '../evidence/words.tsx';

const SHOWS = ['template', 'edited', 'previous', 'whole'] as const;
type Shown = (typeof SHOWS)[number];
/** Of an agent that runs, or of one whose brief waits; each knows another text to be laid beside. */
type Prompt = Pick<AgentPrompt, 'parts' | 'instructions' | 'template'> &
  Partial<Pick<AgentPrompt, 'previous'> & Pick<BriefPrompt, 'edited'>>;

/** What an agent was told: beside its templates, beside an earlier agent, or as a whole. */
export function InstructionsDiff({ agentId }: { readonly agentId: string }) {
  const { t } = useTranslation();
  const { agents } = useStores();
  const loaded = useStore(agents.prompt);
  useEffect(() => agents.openPrompt(agentId), [agents, agentId]);
  return (
    <LoadedView
      loaded={loaded}
      what={t('agents.prompt.what')}
      retry={() => void agents.prompt.refresh()}
      cancel={() => agents.prompt.giveUp()}
    >
      {(prompt) => <Told prompt={prompt} templateNote="agents.prompt.templateNote" />}
    </LoadedView>
  );
}

/** What an agent would be told if its brief were approved. */
export function BriefInstructions({ approval }: { readonly approval: string }) {
  const { t } = useTranslation();
  const { automation } = useStores();
  const store = automation.promptOf(approval);
  const loaded = useStore(store);
  return (
    <LoadedView loaded={loaded} what={t('agents.prompt.what')} retry={() => void store.refresh()} cancel={store.giveUp}>
      {(prompt) => <Told prompt={prompt} templateNote="agents.prompt.shippedNote" />}
    </LoadedView>
  );
}

type ToldProps = {
  readonly prompt: Prompt;
  readonly templateNote: 'agents.prompt.templateNote' | 'agents.prompt.shippedNote';
};

function Told({ prompt, templateNote }: ToldProps) {
  const { t } = useTranslation();
  const [shown, setShown] = useState<Shown>('template');
  const { previous, edited, template, instructions } = prompt;
  // What was never edited has nothing of the master's to be laid beside.
  const shows = SHOWS.filter(
    (one) => (one !== 'previous' || previous !== undefined) && (one !== 'edited' || edited != null),
  );
  return (
    <div data-testid="instructions" className="flex min-w-0 flex-col gap-3">
      <Select
        label={t('agents.prompt.show')}
        value={shown}
        options={shows.map((value) => ({ value, label: t(`agents.prompt.shows.${value}`) }))}
        onChange={(value) => setShown(SHOWS.find((one) => one === value) ?? 'template')}
      />
      {shown === 'whole' && <Words text={instructions} label={t('agents.prompt.title')} />}
      {shown === 'template' && <Compared lines={template} note={t(templateNote, counts(template))} />}
      {shown === 'edited' && edited != null && (
        <Compared lines={edited} note={t('agents.prompt.editedNote', counts(edited))} />
      )}
      {shown === 'previous' &&
        (previous == null ? (
          <p className="text-12 text-muted">{t('agents.prompt.noPrevious')}</p>
        ) : (
          <Compared
            lines={previous.lines}
            note={t('agents.prompt.previousNote', { agent: previous.agentId, ...counts(previous.lines) })}
          />
        ))}
      <Parts parts={prompt.parts} />
    </div>
  );
}

const counts = (lines: readonly DiffLine[]) => ({
  added: countKind(lines, 'added'),
  removed: countKind(lines, 'removed'),
});

function Compared({ lines, note }: { readonly lines: readonly DiffLine[]; readonly note: string }) {
  const { t } = useTranslation();
  return (
    <>
      <p className="figure text-11 text-faint">{note}</p>
      {lines.every(({ kind }) => kind === 'same') ? (
        <p className="text-12 text-muted">{t('agents.prompt.same')}</p>
      ) : (
        <LineDiff lines={lines} label={note} />
      )}
    </>
  );
}

function Parts({ parts }: Pick<AgentPrompt, 'parts'>) {
  const { t } = useTranslation();
  return (
    <Table
      label={t('agents.prompt.parts')}
      columns={[
        { label: t('agents.prompt.part') },
        { label: t('agents.prompt.version'), align: 'right' },
        { label: t('agents.prompt.hash') },
        { label: t('agents.prompt.state') },
      ]}
    >
      {parts.map(({ id, version, hash, current }) => (
        <tr key={id}>
          <Cell className="figure-mono">{id}</Cell>
          <Cell align="right">
            <span data-num="" className="figure-mono">
              {version}
            </span>
          </Cell>
          <Cell>
            <CopyText value={hash} shown={shortHash(hash)} what={t('agents.prompt.hashWhat', { id })} />
          </Cell>
          <Cell>
            {current ? (
              <span className="text-muted">{t('agents.prompt.asNow')}</span>
            ) : (
              <Chip tone="warn">{t('agents.prompt.editedSince')}</Chip>
            )}
          </Cell>
        </tr>
      ))}
    </Table>
  );
}
