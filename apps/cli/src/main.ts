import { join } from 'node:path';
import { readEnvFile } from '@wedsync/platform/env';
import { type Command, describeFailure, exitCodes } from './command.ts';
import { commandLoaders } from './commands.ts';
import { checkoutRoot } from './supervisor/installation.ts';

const nodeMajor = 24;

function overview(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length)) + 2;
  return [
    'wedsync: the operator’s command line',
    '',
    'Usage: pnpm wedsync <command> [options]',
    '',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}${summary}`),
    '',
    'Every command explains itself: pnpm wedsync <command> --help',
    '',
  ].join('\n');
}

async function main(args: string[]): Promise<number> {
  if (Number(process.versions.node.split('.')[0]) !== nodeMajor) {
    process.stderr.write(
      `wedsync: this needs Node ${nodeMajor}, which the packages bring; run it as pnpm wedsync or npm start (this is ${process.version}).\n`,
    );
    return exitCodes.config;
  }
  const words = args.filter((arg) => !arg.startsWith('-')).slice(0, 2);
  const name = [words.join(' '), words[0] ?? ''].find((candidate) =>
    Object.hasOwn(commandLoaders, candidate),
  );
  const load = name ? commandLoaders[name] : undefined;
  if (!name || !load) return explain(args);
  const command = await load();
  const rest = args.slice(name.split(' ').length);
  if (rest.includes('--help') || rest.includes('-h')) {
    process.stdout.write(command.help());
    return exitCodes.ok;
  }
  readEnvFile(join(checkoutRoot, '.env'));
  return command.execute(rest);
}

async function explain(args: string[]): Promise<number> {
  const commands = await Promise.all(Object.values(commandLoaders).map((load) => load()));
  const asked = args.length === 0 || args.includes('--help') || args.includes('-h');
  if (!asked) process.stderr.write(`wedsync: there is no command "${args.join(' ')}".\n\n`);
  (asked ? process.stdout : process.stderr).write(overview(commands));
  return asked ? exitCodes.ok : exitCodes.usage;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const { message, exitCode } = describeFailure(error);
  process.stderr.write(`wedsync: ${message}\n`);
  process.exitCode = exitCode;
}
