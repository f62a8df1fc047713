import { useTranslation } from 'react-i18next';
import { ChartPanel } from '../market/chart-panel.tsx';

const STEPS = ['analyse', 'brief', 'run'] as const;

/** Before the first press: what the button does, and the market it will look at. */
export function FirstLook() {
  const { t } = useTranslation();
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <ol data-panel="" className="grid rounded-panel border border-hair bg-bg1 md:grid-cols-3">
        {STEPS.map((name, index) => (
          <li
            key={name}
            className="flex gap-3 border-hair p-4 max-md:border-t max-md:first:border-t-0 md:border-l md:first:border-l-0"
          >
            <span className="figure-mono text-15 text-accent">{index + 1}</span>
            <span className="min-w-0">
              <b className="block text-13 font-bold">{t(`run.look.${name}`)}</b>
              <span className="text-12 text-muted">{t(`run.look.${name}Text`)}</span>
            </span>
          </li>
        ))}
      </ol>
      <ChartPanel className="min-h-[30rem]" />
    </div>
  );
}
