import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout this command line belongs to. */
export const checkoutRoot = resolve(dirname(fileURLToPath(import.meta.url)), '../../../..');

/** Where one installation on this machine keeps everything that is not code. */
export interface Installation {
  state: string;
  postgresDir: string;
  mailDir: string;
  smsDir: string;
  logsDir: string;
  secretsFile: string;
  /** The key that signs mail. */
  dkimKeyFile: string;
  /** Which processes the running supervisor has started. */
  runFile: string;
  /** Hash of the sources a frontend was last built from; it is per checkout. */
  buildStamp(app: string): string;
}

/** The installation whose state is kept in `state`; `npm start` uses `.wedsync` of the checkout. */
export function installationAt(state = join(checkoutRoot, '.wedsync')): Installation {
  return {
    state,
    postgresDir: join(state, 'postgres'),
    mailDir: join(state, 'mail'),
    smsDir: join(state, 'sms'),
    logsDir: join(state, 'logs'),
    secretsFile: join(state, 'secrets.json'),
    dkimKeyFile: join(state, 'dkim.pem'),
    runFile: join(state, 'run.json'),
    buildStamp: (app) => join(checkoutRoot, '.wedsync', `${app}.build`),
  };
}
