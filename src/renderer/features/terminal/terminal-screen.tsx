import '@xterm/xterm/css/xterm.css';
import { FitAddon } from '@xterm/addon-fit';
import { Terminal } from '@xterm/xterm';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { leavesTerminal } from '../../app/shortcuts.ts';
import { themeStore } from '../../app/theme.ts';
import { Button } from '../../components/button.tsx';
import { ErrorState } from '../../components/states.tsx';
import type { ViewError } from '../../stores/loaded.ts';
import { useStores } from '../../stores/stores-context.tsx';
import { openTerminal } from '../../stores/terminal-link.ts';
import { terminalTheme } from './terminal-theme.ts';

const LEAST = { columns: 20, rows: 4 };
const FONT_PX = 13;
const FONT = '"JetBrains Mono Variable", ui-monospace, monospace';

type DrawnProps = { readonly spoken: boolean; readonly onOver: (why: string | ViewError) => void };

/** One terminal from its start to its end. */
function Drawn({ spoken, onOver }: DrawnProps) {
  const { terminal: client, terminalLine } = useStores();
  const host = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const element = host.current;
    if (element === null) return;
    const screen = new Terminal({
      // The console ends its rows as a program does whose terminal adds the return.
      convertEol: true,
      screenReaderMode: spoken,
      fontFamily: FONT,
      fontSize: FONT_PX,
      theme: terminalTheme(),
    });
    const fit = new FitAddon();
    screen.loadAddon(fit);
    screen.open(element);
    fit.fit();
    // The ways out and the kill switch: the page's own keys, which must not be eaten here.
    screen.attachCustomKeyEventHandler((event) => !leavesTerminal(event));
    const size = () => ({
      columns: Math.max(LEAST.columns, screen.cols),
      rows: Math.max(LEAST.rows, screen.rows),
    });
    const link = openTerminal({
      client,
      size: size(),
      screenReader: spoken,
      draw: (data) => screen.write(data),
      over: onOver,
    });
    const typed = screen.onData(link.type);
    const keys = terminalLine.takeKeys();
    if (keys !== null) link.type(keys);
    const repaint = themeStore.subscribe(() => {
      screen.options.theme = terminalTheme();
    });
    const watch = new ResizeObserver(() => {
      fit.fit();
      link.resize(size());
    });
    watch.observe(element);
    screen.focus();
    return () => {
      watch.disconnect();
      repaint();
      typed.dispose();
      link.close();
      screen.dispose();
    };
  }, [client, terminalLine, spoken, onOver]);

  return (
    <div
      ref={host}
      data-testid="terminal"
      className="min-h-0 flex-1 overflow-hidden rounded-panel border border-hair bg-bg0 p-1"
    />
  );
}

/** A terminal, why it ended, and the way to the next one. */
function Round({ spoken }: { readonly spoken: boolean }) {
  const { t } = useTranslation();
  const [round, setRound] = useState(0);
  const [over, setOver] = useState<string | ViewError | null>(null);

  const again = (): void => {
    setOver(null);
    setRound(round + 1);
  };

  return (
    <>
      {over !== null && typeof over !== 'string' && <ErrorState error={over} retry={again} />}
      {typeof over === 'string' && (
        <div role="status" className="flex flex-wrap items-center gap-3 rounded-panel border border-line bg-bg1 p-3">
          <p>
            {t('terminal.ended')} <span className="text-muted">{over}</span>
          </p>
          <Button onClick={again}>{t('terminal.again')}</Button>
        </div>
      )}
      <Drawn key={round} spoken={spoken} onOver={setOver} />
    </>
  );
}

/** The console of `mt`, as a terminal shows it. A line that was chosen elsewhere is typed into one of its own. */
export function TerminalScreen() {
  const { t } = useTranslation();
  const { terminalLine } = useStores();
  const asked = useStore(terminalLine, (state) => state.asked);
  const [spoken, setSpoken] = useState(false);
  return (
    <section aria-label={t('terminal.title')} className="flex h-full min-h-0 flex-col gap-2 p-3">
      <h1 className="sr-only">{t('terminal.title')}</h1>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-12 text-muted">
        <p>{t('terminal.leave')}</p>
        <label className="ml-auto flex min-h-6 items-center gap-2">
          <input
            type="checkbox"
            checked={spoken}
            className="size-4"
            onChange={(event) => setSpoken(event.target.checked)}
          />
          {t('terminal.spoken')}
        </label>
      </div>
      <Round key={`${asked} ${spoken}`} spoken={spoken} />
    </section>
  );
}
