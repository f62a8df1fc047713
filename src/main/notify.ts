import { ruleOf } from '#core/alerts/kinds.ts';
import type { Announcement } from '#host/alerts/open-alerts.ts';
import type { Words } from './words.ts';

/** The part of Electron's Notification that is needed. */
export type DesktopNote = {
  show(): void;
  on(event: 'click', listener: () => void): unknown;
  on(event: 'failed', listener: (event: unknown, error: string) => void): unknown;
};
export type NoteOptions = {
  readonly title: string;
  readonly body: string;
  readonly silent: boolean;
  readonly urgency: 'critical' | 'normal' | 'low';
  readonly timeoutType: 'default' | 'never';
};

export type NotifierOptions = {
  readonly supported: () => boolean;
  readonly make: (options: NoteOptions) => DesktopNote;
  /** Whether whoever sits at the machine has not shown who they are; asked anew for each. */
  readonly locked: () => Promise<boolean>;
  /** Whether the window is in front: then its own toast is enough, except for what is critical. */
  readonly inFront: () => boolean;
  readonly open: (link: string) => void;
  /** Those of the moment. */
  readonly words: () => Words;
  /** The desktop did not show it. It stands in the Alert centre all the same. */
  readonly onFailed: (why: string) => void;
};

/** Tells alerts by the desktop. Each of them is a row of the Alert centre already, so whatever fails here loses nothing. */
export function createNotifier(options: NotifierOptions): (announcement: Announcement) => Promise<void> {
  // What nobody holds is collected, and a click on it is lost.
  const shown = new Set<DesktopNote>();
  const KEPT = 50;
  return async ({ alert, tell }) => {
    const rule = ruleOf(alert.kind);
    const critical = alert.urgency === 'critical';
    if (!tell || !rule.os || (options.inFront() && !critical)) return;
    if (!options.supported()) return options.onFailed('this desktop shows no notifications');
    const locked = await options.locked();
    const { t, said } = options.words();
    const note = options.make({
      title: t(`alerts.kinds.${alert.kind}.title`),
      body: said(locked ? alert.hidden : alert.text),
      silent: rule.sound === 'none',
      urgency: alert.urgency,
      timeoutType: critical ? 'never' : 'default',
    });
    note.on('click', () => options.open(alert.link));
    note.on('failed', (_event, error) => options.onFailed(error));
    shown.add(note);
    for (const old of shown) {
      if (shown.size <= KEPT) break;
      shown.delete(old);
    }
    note.show();
  };
}
