import type { said as english } from '../en/said.ts';
import type { SameWords } from '../same-words.ts';
import { agent } from './said/agent.ts';
import { alerts } from './said/alerts.ts';
import { analyst } from './said/analyst.ts';
import { cycle } from './said/cycle.ts';
import { desktop } from './said/desktop.ts';
import { facts } from './said/facts.ts';
import { figures } from './said/figures.ts';
import { gate } from './said/gate.ts';
import { health } from './said/health.ts';
import { lab } from './said/lab.ts';
import { parameters } from './said/parameters.ts';
import { prompts } from './said/prompts.ts';
import { records } from './said/records.ts';
import { refusals } from './said/refusals.ts';
import { refusalsOfOne } from './said/refusals-of-one.ts';
import { remediesAToG } from './said/remedies-a-to-g.ts';
import { remediesHToR } from './said/remedies-h-to-r.ts';
import { remediesSToZ } from './said/remedies-s-to-z.ts';

export const said: SameWords<typeof english> = {
  agent,
  alerts,
  analyst,
  cycle,
  desktop,
  facts,
  figures,
  gate,
  health,
  lab,
  parameters,
  prompts,
  records,
  refusals,
  refusalsOfOne,
  remediesAToG,
  remediesHToR,
  remediesSToZ,
};
