import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Caller, onBehalfOf } from '#host/access/caller.ts';
import { createStepUp } from '#host/access/step-up.ts';
import { createFaceHandlers } from '#host/gate/face-handlers.ts';
import { type AppHandlers, appContract } from '#shared/contract/app-contract.ts';
import { allows } from '#shared/contract/define.ts';
import { FACE_SCOPE, FACES, type Face } from '#shared/contract/faces.ts';
import { ENGINE_STATES, type EngineState, PERMISSIONS } from '#shared/contract/permissions.ts';
import { permissionsPage } from '#shared/contract/permissions-page.ts';
import { testBootClock } from '../../support/vault.ts';

const CALLS = Object.entries(appContract)
  .filter(([, { kind }]) => kind === 'call')
  .map(([name]) => name as keyof AppHandlers);

const clock = testBootClock();
let state: EngineState;
let protectedByPassphrase: boolean;
let secondFactor: boolean;
beforeEach(() => {
  [state, protectedByPassphrase, secondFactor] = ['open', true, false];
});

const REACHED = Symbol('the handler was reached');
const face = (who: Face, proven: boolean): AppHandlers => {
  const caller: Caller = { face: who, provenAt: proven ? clock.uptimeMs() : undefined };
  const stepUp = createStepUp({ clock, needs: () => (protectedByPassphrase ? 'passphrase' : 'confirm') });
  return createFaceHandlers({
    caller,
    state: () => state,
    stepUp,
    secondFactor: () => secondFactor,
    answer: () => REACHED,
  });
};
/** What the gate does with a call: the handler is reached, or a fault of this code. */
const outcome = (handlers: AppHandlers, name: keyof AppHandlers): unknown => {
  try {
    const answer: unknown = (handlers as unknown as Record<string, (input: unknown) => unknown>)[name]?.({});
    return answer === REACHED ? 'reached' : answer;
  } catch (error) {
    return (error as { code?: string }).code ?? error;
  }
};

describe('the table of permissions', () => {
  it('has a row for every call, no other, and the scope of the contract in each', () => {
    expect(Object.keys(PERMISSIONS).toSorted()).toEqual(CALLS.toSorted());
    for (const name of CALLS) expect(PERMISSIONS[name].scope, name).toBe(appContract[name].scope);
  });

  it('never lets a face in whose scope the transport would refuse, nor keeps one out that it lets in', () => {
    for (const name of CALLS) {
      const { scope, who } = PERMISSIONS[name];
      expect(who, name).toEqual(FACES.filter((one) => allows(FACE_SCOPE[one], scope)));
    }
  });

  it('lets a shut engine tell and do nothing but its status, the vault and the kill switch', () => {
    const whileShut = CALLS.filter((name) => PERMISSIONS[name].while.some((one) => one !== 'open'));
    expect(whileShut.toSorted()).toEqual([
      'engine.kill',
      'engine.status',
      'vault.lock',
      'vault.status',
      'vault.unlock',
    ]);
  });

  it('asks no proof for what only reduces risk', () => {
    for (const name of [
      'engine.kill',
      'agents.release',
      'agents.pause',
      'orders.cancel',
      'vault.lock',
      'cycle.cancel',
    ] as const)
      expect(PERMISSIONS[name].stepUp).toBe('never');
  });

  it('keeps what decides in the master’s place to the master’s own faces', () => {
    // Whoever holds a token for programs must not answer what the engine asks the master, nor type into a terminal that has all rights.
    const own = CALLS.filter((name) =>
      /^(terminal\.|keys\.|vault\.(?!lock|unlock|status))|^approvals\.(approve|edit)$|^prompts\.(edit|restore)$/.test(
        name,
      ),
    );
    expect(own.length).toBeGreaterThan(12);
    for (const name of own.filter((one) => PERMISSIONS[one].scope !== 'view'))
      expect(
        PERMISSIONS[name].who.filter((face) => FACE_SCOPE[face] !== 'admin'),
        name,
      ).toEqual([]);
  });

  it('is on its page', () => {
    const path = join(resolve(import.meta.dirname, '../../..'), 'docs/permissions.md');
    if (process.env['UPDATE_DOCS'] === '1') writeFileSync(path, permissionsPage());
    expect(
      readFileSync(path, 'utf8'),
      'write it anew: UPDATE_DOCS=1 vitest run --project unit test/unit/access/permissions.test.ts',
    ).toBe(permissionsPage());
  });
});

describe('the gate holds every call to its row', () => {
  it.each(FACES)('for %s, in every state', (who) => {
    let looked = 0;
    for (const now of ENGINE_STATES) {
      state = now;
      for (const name of CALLS) {
        const { who: allowed, while: states } = PERMISSIONS[name];
        const expected = !allowed.includes(who) ? 'refused' : !states.includes(now) ? 'locked' : 'reached';
        expect(outcome(face(who, true), name), `${name} from ${who} while ${now}`).toBe(expected);
        looked += 1;
      }
    }
    expect(looked).toBe(CALLS.length * ENGINE_STATES.length);
  });

  it('asks for the proof before, exactly where the row says so', () => {
    for (const name of CALLS) {
      const { stepUp } = PERMISSIONS[name];
      const asks = (): boolean => outcome(face('window', false), name) === 'step_up';
      [protectedByPassphrase, secondFactor] = [false, false];
      expect(asks(), `${name} without a passphrase`).toBe(stepUp === 'always');
      protectedByPassphrase = true;
      expect(asks(), `${name} with one`).toBe(stepUp === 'always' || stepUp === 'once there is a passphrase');
      secondFactor = true;
      expect(asks(), `${name} with a second factor`).toBe(stepUp !== 'never' && stepUp !== 'when it raises');
    }
  });

  it('lets a call ask by itself where the row says so, and treats asking elsewhere as a defect', () => {
    const { demand } = createStepUp({ clock, needs: () => 'passphrase' });
    const proven: Caller = { face: 'window', provenAt: clock.uptimeMs() };
    for (const name of CALLS) {
      const ask = () => onBehalfOf(proven, name, () => demand('raise something'));
      if (PERMISSIONS[name].stepUp === 'never') expect(ask, name).toThrow(TypeError);
      else expect(ask, name).not.toThrow();
    }
  });
});
