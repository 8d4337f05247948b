import { constants } from 'node:fs';
import { access, mkdir, statfs } from 'node:fs/promises';
import { isDomainError } from '@wedsync/contracts/errors';
import { findPostgresBinaries, supportedPlatforms } from '@wedsync/platform/embedded/binaries';
import { exists } from '@wedsync/platform/embedded/files';
import { isPortFree } from '@wedsync/platform/embedded/free-port';
import { locateHome } from '@wedsync/platform/embedded/postgres-home';
import { portOwner } from '../supervisor/port-owner.ts';
import { type Check, fail, ok, warn } from './finding.ts';

const diskWantedMb = 1_024;
const diskNeededMb = 300;

export const nodeVersion: Check = async () =>
  process.version.startsWith('v24.')
    ? ok('Node', process.version)
    : fail('Node', process.version, 'Run through pnpm wedsync or npm start: they bring Node 24.');

export const platform: Check = async () => {
  const here = `${process.platform}-${process.arch}`;
  return supportedPlatforms.includes(here)
    ? ok('Platform', here)
    : fail('Platform', here, `Supported: ${supportedPlatforms.join(', ')}.`);
};

export const diskSpace: Check = async ({ installation }) => {
  await mkdir(installation.state, { recursive: true });
  const home = await locateHome(installation.postgresDir);
  const place = (await exists(home.root)) ? home.root : installation.state;
  const { bavail, bsize } = await statfs(place);
  const freeMb = Math.floor((bavail * bsize) / 1024 ** 2);
  const detail = `${freeMb} MB free at ${place}`;
  if (freeMb < diskNeededMb) return fail('Disk', detail, 'Free at least 1 GB.');
  return freeMb < diskWantedMb ? warn('Disk', detail, 'Free 1 GB soon.') : ok('Disk', detail);
};

export const stateFolder: Check = async ({ installation }) => {
  try {
    await mkdir(installation.state, { recursive: true });
    await access(installation.state, constants.R_OK | constants.W_OK | constants.X_OK);
    return ok('State', installation.state);
  } catch {
    const remedy = `Give it to this user: chown -R "$USER" ${installation.state}`;
    return fail('State', `${installation.state} is not writable`, remedy);
  }
};

export const postgresBinaries: Check = async ({ given }) => {
  if (given.has('DATABASE_URL')) return ok('PostgreSQL files', 'not needed: DATABASE_URL is set');
  try {
    const { version } = await findPostgresBinaries();
    return ok('PostgreSQL files', version);
  } catch (error) {
    const remedy = isDomainError(error) ? error.message : String(error);
    return fail('PostgreSQL files', 'missing', remedy);
  }
};

function portCheck(variable: 'WEB_PORT' | 'ADMIN_PORT'): Check {
  const part = variable === 'WEB_PORT' ? 'Port of web' : 'Port of admin';
  return async ({ env, supervisor }) => {
    const port = env[variable];
    if (supervisor) return ok(part, `${port}, served by npm start (process ${supervisor})`);
    if (await isPortFree(port, env.HOST)) return ok(part, `${port} is free`);
    const owner = await portOwner(port);
    const detail = `${port} is taken${owner ? ` by process ${owner}` : ''}`;
    return fail(part, detail, `End it, or: ${variable}=${port + 1_000} npm start`);
  };
}
export const webPort = portCheck('WEB_PORT');
export const adminPort = portCheck('ADMIN_PORT');

function packageCheck(name: string, file: string, use: string): Check {
  return async () =>
    (await exists(file))
      ? ok(name, file)
      : warn(name, 'not installed', `Only for ${use}: apt-get install ${name}`);
}
export const chromium = packageCheck('chromium', '/usr/bin/chromium', 'end-to-end tests');
export const redisServer = packageCheck(
  'redis-server',
  '/usr/bin/redis-server',
  'the queue tests on Redis',
);
