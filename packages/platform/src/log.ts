import { type DestinationStream, type Logger, pino, stdSerializers } from 'pino';
import { redactText, redactValue } from './redaction.ts';
import { standardOutputLines } from './standard-output.ts';

export type { Logger } from 'pino';
export { redactPath, redactText, redactValue } from './redaction.ts';

export interface LoggerOptions {
  /** Which program writes: `server`, `worker`, `cli`. Stands on every line. */
  service: string;
  level?: string;
  /** Where lines go; standard output when absent. */
  destination?: DestinationStream;
}

/**
 * A JSON-lines logger that cannot leak what it must not: values under secret or personal keys are
 * replaced at any depth, and capability links, e-mail addresses and query parameters are cut out of
 * every text, messages and stack traces included.
 */
export function createLogger({ service, level = 'info', destination }: LoggerOptions): Logger {
  const options = {
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: {
      level: (label: string) => ({ level: label }),
      log: (fields: Record<string, unknown>) => redactFields(fields),
    },
    serializers: { err: serializeError, error: serializeError },
    hooks: {
      logMethod(this: Logger, args: Parameters<Logger['info']>, method: Logger['info']) {
        method.apply(this, cleanArguments(args));
      },
    },
  };
  const log = pino(options, destination ?? standardOutputLines());
  const child = log.child;
  // pino formats the bindings of the first logger only; children inherit this function instead.
  log.child = function (this: Logger, bindings, childOptions) {
    return child.call(this, redactFields(bindings), childOptions);
  } as typeof log.child;
  return log;
}

function cleanArguments(args: Parameters<Logger['info']>): Parameters<Logger['info']> {
  const [first, ...rest]: unknown[] = args;
  const clean = [first, ...rest].map((arg) => (typeof arg === 'string' ? redactText(arg) : arg));
  // Of a bare error pino takes the message as it is.
  if (first instanceof Error && rest.length === 0) clean.push(redactText(first.message));
  return clean as Parameters<Logger['info']>;
}

function redactFields(fields: Record<string, unknown>): Record<string, unknown> {
  const clean: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(fields)) {
    // An error keeps its prototype until its serializer has run.
    clean[key] = value instanceof Error ? value : redactValue(value, key);
  }
  return clean;
}

function serializeError(error: unknown): unknown {
  return error instanceof Error ? redactValue(stdSerializers.err(error)) : redactValue(error);
}
