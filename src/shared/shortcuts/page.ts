import { english } from '../i18n/en/words.ts';
import { keysText } from './keys.ts';
import { SHORTCUTS, type ShortcutId } from './table.ts';

const HEAD = `# Shortcuts of the window

Printed from \`src/shared/shortcuts/table.ts\`, the table that \`?\` lists and that the keys obey; a test keeps the two in step (\`UPDATE_DOCS=1\`
writes it anew). On macOS, Command works in place of Ctrl. Single keys never act while someone types, can be switched off, and none of them takes
risk. Settings, Shortcuts gives other keys to all but the fixed ones; \`mt config set shortcutRemaps\` does the same by the names below.

| name | keys | does |
|---|---|---|
`;

const does = (id: ShortcutId): string => {
  const screen = Object.entries(english.shell.screens).find(([name]) => `go.${name}` === id);
  if (screen !== undefined) return english.shortcuts.go.replace('{{screen}}', screen[1]);
  // The words of a name with a dot stand one level down.
  const found = id
    .split('.')
    .reduce<unknown>((words, part) => (words as Record<string, unknown>)[part], english.shortcuts.does);
  return String(found);
};

/** docs/shortcuts.md, whole. */
export function shortcutsPage(): string {
  const rows = SHORTCUTS.map(({ id, keys, twice, fixed }) => {
    const notes = [...(twice === true ? ['twice'] : []), ...(fixed === true ? ['fixed'] : [])];
    const shown = keys
      .split(' ')
      .map((step) => `\`\` ${keysText(step)} \`\``)
      .join(' then ');
    return `| \`${id}\` | ${[shown, ...notes].join(', ')} | ${does(id)} |`;
  });
  return `${HEAD}${rows.join('\n')}\n`;
}
