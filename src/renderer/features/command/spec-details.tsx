import type { AgentSpecView } from '#shared/contract/cycle.ts';
import { shortHash } from '#shared/format/names.ts';
import { CopyText } from '../../components/copy-text.tsx';
import { Disclosure } from '../../components/disclosure.tsx';
import { SignedR } from '../../components/figures.tsx';
import { Section } from '../../components/section.tsx';

type LessonsProps = { readonly lessons: AgentSpecView['lessons'] };

/** Lessons the spawner recalled, and what each changed. */
export function LessonsUsed({ lessons }: LessonsProps) {
  return (
    <Section title={`Lessons used: ${lessons.length === 0 ? 'none yet' : lessons.length}`}>
      {lessons.length === 0 ? (
        <p className="text-12 text-muted">Memory holds no lesson for a market like this one.</p>
      ) : (
        <ul className="flex flex-col text-12">
          {lessons.map((lesson) => (
            <li key={lesson.id} className="flex items-baseline gap-3 border-t border-hair py-1 first:border-t-0">
              <span className="figure-mono text-11 text-faint">{shortHash(lesson.id)}</span>
              <span className="min-w-0 flex-1">{lesson.effect}</span>
              <span className="figure text-11 text-faint">{Math.round(lesson.similarity * 100)}% alike</span>
              <SignedR r={lesson.outcomeR} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

/** The agent in full: its instructions word by word, its numbers, and the hash that covers them. */
export function SpecDetails({ spec }: { readonly spec: AgentSpecView }) {
  return (
    <div className="border-t border-hair px-4 py-2">
      <Disclosure summary="Instructions in full">
        <pre
          className="figure-mono max-h-96 overflow-auto rounded-panel border border-hair bg-bg0 p-3 text-12 leading-relaxed whitespace-pre-wrap"
          tabIndex={0}
        >
          {spec.instructions}
        </pre>
      </Disclosure>
      <Disclosure summary="Parameters and provenance">
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-0.5 text-12">
          {Object.entries(spec.parameters).map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="figure-mono text-muted">{name}</dt>
              <dd className="figure-mono">{value}</dd>
            </div>
          ))}
          {spec.promptParts.map((part) => (
            <div key={part.id} className="contents">
              <dt className="figure-mono text-muted">prompt {part.id}</dt>
              <dd className="figure-mono">
                version {part.version}, {shortHash(part.hash)}
              </dd>
            </div>
          ))}
        </dl>
        <div className="mt-2 flex items-center gap-2 text-12">
          <span className="text-muted">Spec hash</span>
          <CopyText value={spec.hash} shown={shortHash(spec.hash)} what="spec hash" />
        </div>
        <p className="mt-1 text-12 text-muted">{spec.why}</p>
      </Disclosure>
    </div>
  );
}
