import type { Terminal } from '../terminal.ts';
import type { Installation } from './installation.ts';
import type { Stack } from './stack.ts';

/** The table a start ends with: where to go, who to be, where things are. */
export function printSummary(terminal: Terminal, stack: Stack, installation: Installation): void {
  const { parts, demo, mail, sms, database } = stack;
  const origins = parts.origins ?? {
    web: `http://localhost:${parts.ports.web}`,
    admin: `http://localhost:${parts.ports.admin}`,
  };
  const bold = (text: string) => terminal.style('bold', text);
  terminal.line();
  terminal.table([
    ['Planners and couples', bold(origins.web)],
    ['Operators', bold(origins.admin)],
    ['Caught mail', mail ? `${origins.admin}/mail (SMTP ${mail.smtpUrl})` : 'goes to your relay'],
    ['Simulated texts', sms ? `${origins.admin}/texts` : 'go to your provider'],
    ['Data', database.place],
    ['Logs', installation.logsDir],
  ]);
  if (demo.accounts.length > 0) {
    terminal.line();
    terminal.table(
      demo.accounts.map(({ role, email, password, surface }) => [role, email, password, surface]),
      { head: ['Demo account', 'E-mail', 'Password', 'Signs in at'] },
    );
  }
  terminal.line();
  terminal.line(`Ctrl-C stops everything; the data stay. npm start -- --reset starts over.`);
}
