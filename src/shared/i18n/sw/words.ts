import type { english } from '../en/words.ts';
import type { SameWords } from '../same-words.ts';
import { access } from './access.ts';
import { agents } from './agents.ts';
import { alerts } from './alerts.ts';
import { approvals } from './approvals.ts';
import { audit } from './audit.ts';
import { bar } from './bar.ts';
import { breeding } from './breeding.ts';
import { choose } from './choose.ts';
import { command } from './command.ts';
import { connection } from './connection.ts';
import { desktop } from './desktop.ts';
import { evidence } from './evidence.ts';
import { exchanges } from './exchanges.ts';
import { figures } from './figures.ts';
import { firstTrade } from './first-trade.ts';
import { health } from './health.ts';
import { lab } from './lab.ts';
import { learned } from './learned.ts';
import { limits, prompts } from './limits.ts';
import { market } from './market.ts';
import { measuring } from './measuring.ts';
import { models } from './models.ts';
import { names } from './names.ts';
import { outside } from './outside.ts';
import { palette } from './palette.ts';
import { performance } from './performance.ts';
import { portfolio } from './portfolio.ts';
import { run } from './run.ts';
import { said } from './said.ts';
import { scorecard } from './scorecard.ts';
import { security } from './security.ts';
import { settings } from './settings.ts';
import { setup } from './setup.ts';
import { shell } from './shell.ts';
import { shortcuts } from './shortcuts.ts';
import { states } from './states.ts';
import { stopping } from './stopping.ts';
import { stored } from './stored.ts';
import { terminal } from './terminal.ts';
import { trading } from './trading.ts';
import { vault } from './vault.ts';

export const swahili: SameWords<typeof english> = {
  agents,
  evidence,
  names,
  run,
  said,
  alerts,
  approvals,
  shell,
  shortcuts,
  limits,
  prompts,
  setup,
  health,
  access,
  stopping,
  connection,
  bar,
  audit,
  vault,
  lab,
  breeding,
  figures,
  firstTrade,
  settings,
  security,
  exchanges,
  learned,
  market,
  measuring,
  models,
  palette,
  outside,
  performance,
  portfolio,
  scorecard,
  stored,
  terminal,
  trading,
  states,
  choose,
  command,
  desktop,
};
