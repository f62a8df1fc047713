import { appContract } from './app-contract.ts';
import { FACE_SCOPE, FACE_WORDS, FACES } from './faces.ts';
import { PERMISSIONS } from './permissions.ts';

const HEAD = `# Permissions

Who may call what, while the engine is in which state, and with which proof. This page is printed from \`src/shared/contract/permissions.ts\`, the
table that the engine's gate obeys; a test keeps the two in step (\`UPDATE_DOCS=1\` writes it anew).

| face | is | scope |
|---|---|---|
`;

const FACE_ROWS = FACES.map((face) => `| \`${face}\` | ${FACE_WORDS[face]} | ${FACE_SCOPE[face]} |`).join('\n');

const TABLE = `

A scope contains the ones before it: view, trade, admin. \`open\` is unlocked, or without a passphrase; \`locked\`: the engine goes on and the faces
learn nothing; \`sealed\`: there is no engine yet; \`changing\`: its data is being written under a new key. A proof is not older than a minute, and
belongs to the connection that gave it.

| call | scope | allowed while | proof | who |
|---|---|---|---|---|
`;

const EVENTS = `

Events are heard by scope, and only while the engine is open; \`vault.changed\` always.

| event | scope |
|---|---|
`;

/** docs/permissions.md, whole. */
export function permissionsPage(): string {
  const calls = Object.entries(PERMISSIONS)
    .toSorted(([one], [other]) => one.localeCompare(other, 'en'))
    .map(([name, { scope, while: states, stepUp, who }]) => {
      const faces = who.length === FACES.length ? 'all' : who.join(', ');
      return `| \`${name}\` | ${scope} | ${states.join(', ')} | ${stepUp} | ${faces} |`;
    });
  const events = Object.entries(appContract)
    .filter(([, { kind }]) => kind === 'event')
    .map(([name, { scope }]) => `| \`${name}\` | ${scope} |`)
    .toSorted((one, other) => one.localeCompare(other, 'en'));
  return `${HEAD}${FACE_ROWS}${TABLE}${calls.join('\n')}${EVENTS}${events.join('\n')}\n`;
}
