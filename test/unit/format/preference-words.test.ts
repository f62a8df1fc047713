import { describe, expect, it } from 'vitest';
import { DEFAULT_PREFERENCES, preferenceName, preferences } from '#shared/contract/preferences.ts';
import { PREFERENCE_HELP, preferenceText, readPreference } from '#shared/format/preference-words.ts';

describe('a preference as it is typed', () => {
  it.each([
    ['theme', 'light', 'light'],
    ['idleMinutes', '10', 10],
    ['idleMinutes', 'none', null],
    ['startAtLogin', 'on', true],
    ['hideAmountsWhenLocked', 'off', false],
    ['kesRate', '129.25@2026-11-20', { kesPerUsd: '129.25', on: '2026-11-20' }],
    ['quietHours', '22:00-07:00', { from: '22:00', to: '07:00' }],
    ['dailySummaryTime', '18:30', '18:30'],
    ['timeZone', 'Africa/Nairobi', 'Africa/Nairobi'],
    ['shortcutRemaps', '{"go.market":"g x"}', { 'go.market': 'g x' }],
    ['shortcutRemaps', 'none', {}],
    ['layouts', '{"market":{"locked":true,"sizes":{"side":400}}}', { market: { locked: true, sizes: { side: 400 } } }],
    ['layouts', 'none', {}],
  ] as const)('%s %s', (name, text, value) => {
    expect(readPreference(name, text)).toEqual(value);
    expect(preferenceText(value)).toBe(text === 'none' ? 'none' : text);
  });

  it.each([
    ['theme', 'purple'],
    ['idleMinutes', '0'],
    ['idleMinutes', '241'],
    ['idleMinutes', '1.5'],
    ['startAtLogin', 'perhaps'],
    ['kesRate', '0@2026-11-20'],
    ['kesRate', '129@2026-02-30'],
    ['kesRate', '129'],
    ['quietHours', '25:00-07:00'],
    ['dailySummaryTime', '7:30'],
    ['timeZone', 'Mars/Olympus'],
    ['shortcutRemaps', '{"go.market":7}'],
    ['shortcutRemaps', '{broken'],
    ['density', 'none'],
    ['layouts', '{"market":{"locked":false,"sizes":{"side":0}}}'],
    ['layouts', '{"market":{"locked":false,"sizes":{"side":400.5}}}'],
    ['layouts', '{"market":{"sizes":{"side":400}}}'],
  ] as const)('%s cannot be %s', (name, text) => {
    expect(readPreference(name, text)).toBeUndefined();
  });

  it('has a meaning and a form for each, and each default reads back as itself', () => {
    for (const name of preferenceName.options) {
      expect(PREFERENCE_HELP[name].about).not.toBe('');
      expect(readPreference(name, preferenceText(DEFAULT_PREFERENCES[name])), name).toEqual(DEFAULT_PREFERENCES[name]);
    }
    expect(preferences.parse(DEFAULT_PREFERENCES)).toEqual(DEFAULT_PREFERENCES);
  });
});
