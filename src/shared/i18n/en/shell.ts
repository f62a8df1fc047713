/** Words of what is always visible: bar, rail, strip. */
export const shell = {
  screens: {
    command: 'Command',
    market: 'Market',
    agents: 'Agents',
    approvals: 'Approvals',
    portfolio: 'Portfolio',
    lab: 'Lab',
    performance: 'Performance',
    memory: 'Memory',
    news: 'News',
    models: 'Models',
    audit: 'Audit',
    health: 'Health',
    terminal: 'Terminal',
    settings: 'Settings',
  },
  agentsRunning_one: '{{count}} agent runs',
  agentsRunning_other: '{{count}} agents run',
} as const;
