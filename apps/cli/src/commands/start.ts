import { defineCommand } from '../command.ts';
import { installationAt } from '../supervisor/installation.ts';
import { resetInstallation } from '../supervisor/reset.ts';
import { holdSession, openSession } from '../supervisor/session.ts';
import { choosePorts, startStack } from '../supervisor/stack.ts';
import { printSummary } from '../supervisor/summary.ts';
import { createTerminal } from '../terminal.ts';

export const start = defineCommand({
  name: 'start',
  summary: 'Bring WedSync up on this machine: database, mail, server, worker, web and admin.',
  details: [
    'Brings PostgreSQL, a mail catcher and an SMS simulator along; keeps its data in .wedsync.',
    'DATABASE_URL, REDIS_URL, SMTP_URL and SMS_URL replace a part that is brought along by yours;',
    '.env.example explains every setting.',
  ].join('\n'),
  options: {
    reset: { type: 'boolean', describe: 'Remove all data of this installation first.' },
  },
  examples: [
    'npm start',
    'npm start -- --reset',
    'WEB_PORT=4000 ADMIN_PORT=4001 npm start',
    'SMTP_URL=smtp://user:password@relay.example:587 npm start',
  ],
  async run({ reset }) {
    const installation = installationAt();
    if (reset) {
      const terminal = createTerminal();
      terminal.line('Starting over:');
      await resetInstallation(installation, terminal);
    }
    const startedAt = performance.now();
    const context = await openSession(installation);
    const { terminal, shutdown } = context;
    shutdown.on('last word', () => terminal.line('Stopped. The data are kept.'));
    return holdSession(context, async () => {
      const ports = await choosePorts(context);
      const stack = await startStack({ context, ports, buildFrontends: true });
      shutdown.on('first word', () => terminal.line('\nStopping …'));
      printSummary(terminal, stack, installation);
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      terminal.line(terminal.style('dim', `Up after ${seconds} s.`));
    });
  },
});
