import { agent } from './said/agent.ts';
import { alerts } from './said/alerts.ts';
import { analyst } from './said/analyst.ts';
import { cycle } from './said/cycle.ts';
import { desktop } from './said/desktop.ts';
import { facts } from './said/facts.ts';
import { gate } from './said/gate.ts';
import { health } from './said/health.ts';
import { lab } from './said/lab.ts';

/** Sentences that the engine writes, by area and code. What it wrote is found here again; see ADR 49. */
export const said = { agent, alerts, analyst, cycle, desktop, facts, gate, health, lab } as const;
