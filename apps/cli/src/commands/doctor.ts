import { exists } from '@wedsync/platform/embedded/files';
import { embeddedSecrets } from '@wedsync/platform/embedded/secrets';
import { EnvError, givenKeys, loadEnv } from '@wedsync/platform/env';
import { defineCommand, exitCodes } from '../command.ts';
import type { Finding } from '../doctor/finding.ts';
import { encryptionKeys } from '../doctor/key-checks.ts';
import * as machine from '../doctor/machine-checks.ts';
import { examine, mail, mailSignature, migrations, redis } from '../doctor/service-checks.ts';
import { installationAt } from '../supervisor/installation.ts';
import { runningSupervisor } from '../supervisor/run-file.ts';
import { createTerminal, type Terminal } from '../terminal.ts';

const checks = [
  machine.nodeVersion,
  machine.platform,
  machine.diskSpace,
  machine.stateFolder,
  machine.postgresBinaries,
  machine.webPort,
  machine.adminPort,
  migrations,
  encryptionKeys,
  redis,
  mail,
  mailSignature,
  machine.chromium,
  machine.redisServer,
];

export const doctor = defineCommand({
  name: 'doctor',
  summary: 'Examine this machine and installation; name what is missing and the remedy.',
  options: { json: { type: 'boolean', describe: 'Print the findings as JSON.' } },
  examples: ['pnpm wedsync doctor', 'pnpm wedsync doctor --json'],
  async run({ json }) {
    const findings = await diagnoseAll();
    const terminal = createTerminal();
    const failed = findings.filter(({ status }) => status === 'fail').length;
    if (json) terminal.line(JSON.stringify({ ok: failed === 0, findings }));
    else printFindings(terminal, findings);
    return failed === 0 ? exitCodes.ok : exitCodes.failed;
  },
});

async function diagnoseAll(): Promise<Finding[]> {
  try {
    const env = loadEnv(undefined, 'tool');
    const installation = installationAt();
    const { secretsFile, runFile } = installation;
    const context = {
      env,
      installation,
      given: givenKeys(),
      supervisor: await runningSupervisor(runFile),
      secrets: (await exists(secretsFile)) ? await embeddedSecrets(secretsFile) : undefined,
    };
    return Promise.all(checks.map((check) => examine(check, context)));
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    return error.findings.map(({ key, problem }) => ({
      part: key,
      status: 'fail',
      detail: problem,
      remedy: 'Correct it; .env.example explains every key.',
    }));
  }
}

function printFindings(terminal: Terminal, findings: readonly Finding[]): void {
  const signs = {
    ok: terminal.style('green', '✓'),
    warn: terminal.style('yellow', '!'),
    fail: terminal.style('red', '✗'),
  };
  terminal.table(findings.map(({ part, status, detail }) => [signs[status], part, detail]));
  const open = findings.filter(({ remedy }) => remedy !== undefined);
  if (open.length > 0) terminal.line();
  for (const { part, status, remedy } of open) {
    terminal.line(`${signs[status]} ${part}: ${remedy}`);
  }
}
