import { ChartPanel } from '../market/chart-panel.tsx';

const STEPS = [
  ['Analyse', 'Closed candles become facts, facts become a regime with a confidence, and the evidence is named.'],
  ['Brief', 'What the agent will do, what it can not do, what it may lose and why: all before it trades.'],
  ['Run', 'Every decision with its reason, every order and fill; then the result and the lesson that is kept.'],
] as const;

/** Before the first press: what the button does, and the market it will look at. */
export function FirstLook() {
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <ol data-panel="" className="grid rounded-panel border border-hair bg-bg1 md:grid-cols-3">
        {STEPS.map(([name, text], index) => (
          <li
            key={name}
            className="flex gap-3 border-hair p-4 max-md:border-t max-md:first:border-t-0 md:border-l md:first:border-l-0"
          >
            <span className="figure-mono text-15 text-accent">{index + 1}</span>
            <span className="min-w-0">
              <b className="block text-13 font-bold">{name}</b>
              <span className="text-12 text-muted">{text}</span>
            </span>
          </li>
        ))}
      </ol>
      <ChartPanel />
    </div>
  );
}
