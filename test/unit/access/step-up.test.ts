import { describe, expect, it } from 'vitest';
import { type Caller, onBehalfOf } from '#host/access/caller.ts';
import { createStepUp, FRESH_MS, freshMs } from '#host/access/step-up.ts';
import { testBootClock } from '../../support/vault.ts';

const caller = (): Caller => ({ face: 'window', provenAt: undefined });

describe('the proof of who asks', () => {
  it('holds for a minute of uptime, for its own connection, and no longer', () => {
    const clock = testBootClock();
    const { demand } = createStepUp({ clock, needs: () => 'passphrase' });
    const [mine, other] = [caller(), caller()];
    const raise = (who: Caller) => () => onBehalfOf(who, 'risk.set_limits', () => demand('loosen dayLoss'));
    expect(raise(mine)).toThrow('to loosen dayLoss, prove that it is you who asks');
    mine.provenAt = clock.uptimeMs();
    expect(raise(mine)).not.toThrow();
    expect(raise(other)).toThrow('prove that it is you');
    clock.advance(FRESH_MS - 1);
    expect(raise(mine)).not.toThrow();
    expect(freshMs(mine, clock)).toBe(1);
    clock.advance(1);
    expect(raise(mine)).toThrow('prove that it is you');
  });

  it('does not come out of the future, as after a restart of the machine', () => {
    const clock = testBootClock();
    const mine: Caller = { face: 'window', provenAt: clock.uptimeMs() + 1 };
    expect(freshMs(mine, clock)).toBe(0);
  });

  it('is refused to work that nobody asked for, with the way to give it', () => {
    const stepUp = createStepUp({ clock: testBootClock(), needs: () => 'confirm' });
    expect(() => stepUp.demand('raise the mode')).toThrowError(
      expect.objectContaining({ code: 'step_up', remedy: expect.stringContaining('--yes') }),
    );
    expect(() => stepUp.demandOnceProtected('resume')).not.toThrow();
  });

  it('is known through everything that the call awaits', async () => {
    const clock = testBootClock();
    const { demand } = createStepUp({ clock, needs: () => 'totp' });
    const mine: Caller = { face: 'terminal', provenAt: clock.uptimeMs() };
    await onBehalfOf(mine, 'risk.set_limits', async () => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      demand('loosen dayLoss');
    });
  });

  it('is not asked for against the permissions: that is a defect, not a question', () => {
    const clock = testBootClock();
    const { demand } = createStepUp({ clock, needs: () => 'totp' });
    const mine: Caller = { face: 'window', provenAt: clock.uptimeMs() };
    expect(() => onBehalfOf(mine, 'engine.kill', () => demand('kill'))).toThrow(TypeError);
  });
});
