import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { Fault } from '#core/kernel/fault.ts';
import { type AppClient, appContract } from '#shared/contract/app-contract.ts';
import { ContractError } from '#shared/contract/errors.ts';
import { unixMsNumber } from '#shared/contract/primitives.ts';
import { type ClientOptions, createClient, type OpenClient } from '#shared/transport/client.ts';
import { createSocketPort } from '#shared/transport/socket-port.ts';
import { REPLY_CAP } from '#shared/transport/wire-size.ts';
import { closedFolderFault } from './home-folder.ts';
import { LOOPBACK } from './loopback-guard.ts';
import { isAlive } from './process-identity.ts';
import { CONTRACT_PATH } from './socket-host.ts';

const tokenText = z.string().regex(/^[0-9a-f]{64}$/);

/** Where a running engine listens and the keys to it. Lives in `run/engine.json`, readable by its owner alone. */
export const engineInfo = z.strictObject({
  pid: z.int().min(1),
  port: z.int().min(1).max(65_535),
  viewToken: tokenText,
  tradeToken: tokenText,
  /** The terminal's own key, with the rights of whoever sits at this machine. */
  terminalToken: tokenText,
  contractHash: z.string().regex(/^[0-9a-f]{16}$/),
  startedAt: unixMsNumber,
});
export type EngineInfo = z.infer<typeof engineInfo>;

const runFolder = (home: string): string => join(home, 'run');
export const engineFilePath = (home: string): string => join(runFolder(home), 'engine.json');

/** Writes the file whole or not at all: a reader sees the old one or the new one. */
export const writeEngineFile = (home: string, info: EngineInfo): void => {
  mkdirSync(runFolder(home), { recursive: true, mode: 0o700 });
  const path = engineFilePath(home);
  const draft = `${path}.${info.pid}.tmp`;
  rmSync(draft, { force: true });
  // Exclusive and 0600 from the first byte: nobody else ever had it open.
  const file = openSync(draft, 'wx', 0o600);
  try {
    writeSync(file, `${JSON.stringify(engineInfo.parse(info))}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(draft, path);
};

/**
 * The file's content; undefined when there is none or it makes no sense. A file that others could have written or read is a Fault:
 * it could lead the master's terminal, and the key it sends, to a stranger.
 */
export const readEngineFile = (home: string): EngineInfo | undefined => {
  const path = engineFilePath(home);
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // ENOTDIR: the data folder is a file. No engine runs there; opening one says what is wrong with it.
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    // Nothing stands there that could be deleted: the folder itself is what is wrong.
    if (code !== undefined && !standsThere(path)) throw closedFolderFault(home, error);
    throw new Fault(
      'storage',
      `cannot read ${path}: ${(error as Error).message}`,
      'delete that file and start the engine again',
    );
  }
  try {
    const { mode, uid } = fstatSync(file);
    const self = process.getuid?.();
    if (self !== undefined && uid !== self) {
      throw new Fault(
        'storage',
        `${path} belongs to another user`,
        'run the program as that user, or choose another folder with --home or MT_HOME',
      );
    }
    if (self !== undefined && (mode & 0o077) !== 0) {
      throw new Fault('storage', `${path} is open to other users`, 'delete that file and start the engine again');
    }
    return parseInfo(readFileSync(file, 'utf8'));
  } finally {
    closeSync(file);
  }
};

const standsThere = (path: string): boolean => {
  try {
    lstatSync(path);
    return true;
  } catch {
    return false;
  }
};

const parseInfo = (text: string): EngineInfo | undefined => {
  try {
    return engineInfo.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
};

/** Removes the file if it still describes `info`, so that a newer engine's file stays. */
export const removeEngineFile = (home: string, info: Pick<EngineInfo, 'pid' | 'startedAt'>): void => {
  const current = readEngineFile(home);
  if (current?.pid === info.pid && current.startedAt === info.startedAt) rmSync(engineFilePath(home), { force: true });
};

/** How long a running engine may take to say welcome. */
const HELLO_MS = 2_000;
/** Columns travel as base64 (4/3 of their bytes) beside the JSON. */
const MAX_REPLY_BYTES = REPLY_CAP.json + Math.ceil(REPLY_CAP.columns / 3) * 4 + 64 * 1024;

type Greeting = {
  readonly client: OpenClient<typeof appContract>;
  readonly outcome: 'welcome' | 'nobody' | 'silent' | 'mismatch';
};

const greet = async (info: EngineInfo, scope: 'view' | 'trade', options: ClientOptions): Promise<Greeting> => {
  const socket = new WebSocket(`ws://${LOOPBACK}:${info.port}${CONTRACT_PATH}`, {
    maxPayload: MAX_REPLY_BYTES,
    perMessageDeflate: false,
    handshakeTimeout: HELLO_MS,
  });
  let nobody = false;
  socket.on('error', (error) => {
    nobody = (error as NodeJS.ErrnoException).code === 'ECONNREFUSED';
  });
  const client = createClient(
    appContract,
    createSocketPort(socket, scope === 'trade' ? info.terminalToken : info.viewToken),
    options,
  );
  const giveUp = setTimeout(() => client.close(), HELLO_MS);
  try {
    await client.ready;
    return { client, outcome: 'welcome' };
  } catch (error) {
    const mismatch = error instanceof ContractError && error.code === 'contract_mismatch';
    return { client, outcome: mismatch ? 'mismatch' : nobody ? 'nobody' : 'silent' };
  } finally {
    clearTimeout(giveUp);
  }
};

/** The file of an engine that may be running: removes it when its process is gone. */
const readCandidate = (home: string): EngineInfo | undefined => {
  const info = readEngineFile(home);
  if (info === undefined || isAlive(info.pid)) return info;
  removeEngineFile(home, info);
  return undefined;
};

/**
 * The engine of this home, if one runs: its process lives and it answers a hello (also with "another contract": then it runs, and
 * `connectToEngine` says what to do). A file that surely describes nobody is removed; a merely silent engine keeps its file.
 */
export const readLiveEngine = async (home: string): Promise<EngineInfo | undefined> => {
  const info = readCandidate(home);
  if (info === undefined) return undefined;
  const { client, outcome } = await greet(info, 'view', { onDisconnect: () => undefined });
  client.close();
  if (outcome === 'nobody') removeEngineFile(home, info);
  return outcome === 'welcome' || outcome === 'mismatch' ? info : undefined;
};

/** The terminal's client of the engine that runs on this home, to act or only to look. Rejects with a Fault that says what to do when none answers. */
export const connectToEngine = async (
  home: string,
  scope: 'view' | 'trade',
  options: ClientOptions = {},
): Promise<AppClient> => {
  const info = readCandidate(home);
  const greeting = info === undefined ? undefined : await greet(info, scope, options);
  if (greeting?.outcome === 'welcome') return greeting.client;
  greeting?.client.close();
  if (greeting?.outcome === 'mismatch') {
    throw new Fault(
      'engine_running',
      'the running engine is of another version',
      'stop it and start it again from this version',
    );
  }
  if (info !== undefined && greeting?.outcome === 'nobody') removeEngineFile(home, info);
  if (greeting?.outcome === 'silent') {
    throw new Fault(
      'engine_running',
      'an engine seems to run but does not answer',
      'wait a moment, or stop it and start it again',
    );
  }
  throw new Fault('not_found', `no engine is running on ${home}`, 'start one: mt up');
};
