import type { KillSwitch } from '../kill-switch/kill-switch.ts';
import type { Alerts } from './open-alerts.ts';

/** The kill switch, with what it did or could not do told as an alert. It waits for nobody: the alert comes after the report is made. */
export const tellKills = (killSwitch: KillSwitch, alerts: Pick<Alerts, 'raise'>): KillSwitch => ({
  ...killSwitch,
  async kill(order) {
    const report = await killSwitch.kill(order);
    const { steps, verb } = report;
    const failed = steps.find(({ done }) => !done);
    const place = { environment: null, link: '/alerts', about: `${verb}|${steps[0]?.ts}|${steps.length}` };
    if (failed === undefined)
      alerts.raise({ kind: 'kill_done', facts: { verb, steps: steps.length, why: order.reason }, ...place });
    else
      alerts.raise({
        kind: 'kill_failed',
        facts: {
          verb,
          done: steps.filter(({ done }) => done).length,
          steps: steps.length,
          step: failed.name,
          detail: failed.detail,
        },
        ...place,
      });
    return report;
  },
});
