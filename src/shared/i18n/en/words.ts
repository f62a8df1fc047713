import { access } from './access.ts';
import { alerts } from './alerts.ts';
import { approvals } from './approvals.ts';
import { command } from './command.ts';
import { figures } from './figures.ts';
import { health } from './health.ts';
import { learned } from './learned.ts';
import { models } from './models.ts';
import { performance } from './performance.ts';
import { scorecard } from './scorecard.ts';
import { settings } from './settings.ts';
import { shell } from './shell.ts';
import { states } from './states.ts';
import { terminal } from './terminal.ts';
import { trading } from './trading.ts';

/** All English words, by area. What a person reads stands here and nowhere else; records and machine output stay English. */
export const english = {
  alerts,
  approvals,
  shell,
  health,
  access,
  figures,
  settings,
  learned,
  models,
  performance,
  scorecard,
  terminal,
  trading,
  states,
  command,
} as const;
