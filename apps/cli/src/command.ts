import { parseArgs } from 'node:util';
import { DomainError, type ErrorKind, isDomainError } from '@wedsync/contracts/errors';

/** Exit codes: 0 and 1 as everywhere, the others from sysexits.h. */
export const exitCodes = {
  ok: 0,
  failed: 1,
  usage: 64,
  unavailable: 69,
  internal: 70,
  forbidden: 77,
  config: 78,
} as const;

export interface OptionSpec {
  type: 'boolean' | 'string';
  short?: string;
  /** What stands after the option in the help text: `<email>`. */
  value?: string;
  describe: string;
}
export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

export type OptionValues<O extends OptionSpecs> = {
  [K in keyof O]?: O[K]['type'] extends 'boolean' ? boolean : string;
};

export interface CommandSpec<O extends OptionSpecs = OptionSpecs> {
  /** One or two words: `start`, `user create`. */
  name: string;
  summary: string;
  options: O;
  examples: readonly string[];
  /** Longer help, printed above the options. */
  details?: string;
  /** Resolves with the exit code. */
  run(values: OptionValues<O>): Promise<number>;
}

/** A command as the dispatcher sees it: its option types are known inside only. */
export interface Command {
  name: string;
  summary: string;
  help(): string;
  /** @throws DomainError invalid for unknown options and stray words */
  execute(args: string[]): Promise<number>;
}

export function defineCommand<O extends OptionSpecs>(spec: CommandSpec<O>): Command {
  return {
    name: spec.name,
    summary: spec.summary,
    help: () => renderHelp(spec),
    execute: (args) => spec.run(readOptions(spec, args)),
  };
}

function readOptions<O extends OptionSpecs>(spec: CommandSpec<O>, args: string[]): OptionValues<O> {
  const options = Object.fromEntries(
    Object.entries(spec.options).map(([name, { type, short }]) => [
      name,
      short ? { type, short } : { type },
    ]),
  );
  try {
    const { values } = parseArgs({ args, options, strict: true, allowPositionals: false });
    return values as OptionValues<O>;
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/\. To specify[\s\S]*/, '') : '';
    throw usageError(`${reason}. See: wedsync ${spec.name} --help`);
  }
}

export function usageError(message: string): DomainError {
  return new DomainError('invalid', 'cli.usage', message);
}

function renderHelp(spec: CommandSpec): string {
  const options = Object.entries({
    ...spec.options,
    help: { type: 'boolean', short: 'h', describe: 'Print this text.' } satisfies OptionSpec,
  }).map(([name, option]: [string, OptionSpec]) => {
    const short = option.short ? `-${option.short}, ` : '    ';
    return [
      `  ${short}--${name}${option.value ? ` ${option.value}` : ''}`,
      option.describe,
    ] as const;
  });
  const width = Math.max(...options.map(([left]) => left.length)) + 2;
  return [
    spec.summary,
    ...(spec.details ? ['', spec.details] : []),
    '',
    `Usage: wedsync ${spec.name} [options]`,
    '',
    ...options.map(([left, right]) => `${left.padEnd(width)}${right}`),
    '',
    'Examples:',
    ...spec.examples.map((example) => `  ${example}`),
    '',
  ].join('\n');
}

const codeByKind: Readonly<Record<ErrorKind, number>> = {
  invalid: exitCodes.usage,
  unauthenticated: exitCodes.forbidden,
  forbidden: exitCodes.forbidden,
  'not-found': exitCodes.failed,
  conflict: exitCodes.failed,
  precondition: exitCodes.config,
  limit: exitCodes.failed,
  unavailable: exitCodes.unavailable,
  bug: exitCodes.internal,
};

/** What the person at the terminal is told about a failure, and the exit code. */
export function describeFailure(error: unknown): { message: string; exitCode: number } {
  if (isDomainError(error)) {
    return { message: error.message, exitCode: codeByKind[error.kind] };
  }
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { message, exitCode: exitCodes.internal };
}
