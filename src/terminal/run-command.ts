import { runHelp, runVersion } from './commands/about.ts';
import { runAgents, runAgentWhy } from './commands/agents.ts';
import { runAnalyse } from './commands/analyse.ts';
import { runKill, runResume } from './commands/gate.ts';
import { runAuditVerify, runImport } from './commands/records.ts';
import { runSpawn } from './commands/spawn.ts';
import { runStatus } from './commands/status.ts';
import { runUp } from './commands/up.ts';
import type { Context } from './context.ts';
import type { Call } from './program.ts';

/** Runs one checked command. A command added to the registry does not compile until it is run here. */
export function runCommand(call: Call, context: Context): Promise<number> {
  switch (call.id) {
    case 'spawn':
      return runSpawn(call.args, context);
    case 'analyse':
      return runAnalyse(call.args, context);
    case 'status':
      return runStatus(call.args, context);
    case 'agents':
      return runAgents(call.args, context);
    case 'agent.why':
      return runAgentWhy(call.args, context);
    case 'import':
      return runImport(call.args, context);
    case 'audit.verify':
      return runAuditVerify(call.args, context);
    case 'up':
      return runUp(call.args, context);
    case 'kill':
      return runKill(call.args, context);
    case 'resume':
      return runResume(call.args, context);
    case 'version':
      return runVersion(call.args, context);
    case 'help':
      return runHelp(call.args, context);
  }
}
