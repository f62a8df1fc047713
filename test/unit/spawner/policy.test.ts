import { describe, expect, it } from 'vitest';
import { Fault } from '#core/kernel/fault.ts';
import { DEFAULT_SPAWN_POLICY, parseSpawnPolicy } from '#core/spawner/policy.ts';

describe('the spawn policy', () => {
  it('accepts its own defaults', () => {
    expect(parseSpawnPolicy(DEFAULT_SPAWN_POLICY)).toEqual(DEFAULT_SPAWN_POLICY);
  });

  it.each([
    ['riskPerTrade', '0.021'],
    ['riskPerTrade', '0'],
    ['riskPerTrade', '-0.01'],
    ['riskPerTrade', '1e-3'],
    ['riskPerTrade', 0.005],
    ['maxNotionalFraction', '1.0001'],
    ['dayLoss', 'NaN'],
    ['maxPositions', 0],
    ['maxBars', 1.5],
    ['minConfidence', Number.NaN],
    ['leverage', 3],
  ])('refuses %s = %s and names it', (name, value) => {
    expect(() => parseSpawnPolicy({ ...DEFAULT_SPAWN_POLICY, [name]: value })).toThrow(Fault);
    expect(() => parseSpawnPolicy({ ...DEFAULT_SPAWN_POLICY, [name]: value })).toThrow(new RegExp(name));
  });
});
