import type { said as english } from '../en/said.ts';
import type { SameWords } from '../same-words.ts';
import { agent } from './said/agent.ts';
import { alerts } from './said/alerts.ts';
import { analyst } from './said/analyst.ts';
import { cycle } from './said/cycle.ts';
import { desktop } from './said/desktop.ts';
import { facts } from './said/facts.ts';
import { gate } from './said/gate.ts';
import { health } from './said/health.ts';
import { lab } from './said/lab.ts';

export const said: SameWords<typeof english> = { agent, alerts, analyst, cycle, desktop, facts, gate, health, lab };
