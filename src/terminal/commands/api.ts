import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Fault } from '#core/kernel/fault.ts';
import { asyncApi, openApi } from '#shared/api/describe-api.ts';
import type { ArgsOf } from '#shared/commands/registry.ts';
import { appContract } from '#shared/contract/app-contract.ts';
import type { Run } from '../context.ts';
import { EXIT } from '../failure.ts';
import { line, span } from '../text/line.ts';

export const runApiDescribe: Run<ArgsOf<'api.describe'>> = async ({ dir }, { cwd, output, place }) => {
  const folder = resolve(cwd, dir);
  const described = [
    ['openapi.json', openApi(appContract, place.version)],
    ['asyncapi.json', asyncApi(appContract, place.version)],
  ] as const;
  try {
    mkdirSync(folder, { recursive: true });
    for (const [name, text] of described) writeFileSync(join(folder, name), `${JSON.stringify(text, null, 2)}\n`);
  } catch (error) {
    throw new Fault('storage', `cannot write to ${folder}: ${(error as Error).message}`, 'name another folder');
  }
  const files = described.map(([name]) => join(folder, name));
  const kinds = Object.values(appContract).map(({ kind }) => kind as string);
  const [calls, events] = ['call', 'event'].map((wanted) => kinds.filter((kind) => kind === wanted).length);
  output.lines([...files.map((file) => line(span('✓ ', 'up'), file)), line(`${calls} calls, ${events} events`)]);
  output.answer({ files, calls, events });
  return EXIT.ok;
};
