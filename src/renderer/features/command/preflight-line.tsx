import { Check, CircleX, Info } from 'lucide-react';
import { environmentTag } from '#shared/format/names.ts';
import { useEngine } from '../../stores/stores-context.tsx';
import { useFeedAge } from '../shell/use-feed-age.ts';
import { preflightChecks } from './preflight.ts';

const ICON = { ready: Check, note: Info, blocked: CircleX } as const;
const TONE = { ready: 'text-up', note: 'text-warn', blocked: 'text-danger' } as const;
const WORD = { ready: 'ready', note: 'note', blocked: 'blocked' } as const;

/** One line under the button: everything a press needs, each with its state. */
export function PreflightLine() {
  const status = useEngine((state) => state.status);
  const age = useFeedAge();
  if (status === null) return <p className="text-12 text-muted">Preflight waits for the engine.</p>;
  return (
    <ul aria-label="Preflight" className="flex flex-wrap items-center gap-x-5 gap-y-1.5 text-12">
      {preflightChecks(status, age).map(({ name, state, detail, fix }) => {
        const Icon = ICON[state];
        return (
          <li
            key={name}
            title={fix}
            data-state={state}
            className="figure flex items-center gap-1.5 whitespace-nowrap"
            {...(name === 'Account' ? { 'data-env': environmentTag(status.environment) } : {})}
          >
            <Icon aria-hidden size={13} className={TONE[state]} />
            <span className="sr-only">{WORD[state]}: </span>
            <span className="text-muted">{name}</span>
            <span>{detail}</span>
            {fix !== undefined && <span className="sr-only">. {fix}</span>}
          </li>
        );
      })}
    </ul>
  );
}
