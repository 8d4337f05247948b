import { isDomainError } from '@wedsync/contracts/errors';
import { checkKeys, type KeyCheck } from '@wedsync/privacy';
import { openKeys } from '../supervisor/keys-access.ts';
import { type Check, type Finding, fail, ok, warn } from './finding.ts';
import { databaseUrl } from './service-checks.ts';

const part = 'Encryption keys';
/** A rotation of a million keys takes minutes. */
const retiringMaxMs = 86_400_000;

function findingOf({ present, previous, unknown, retiring, retiringSince }: KeyCheck): Finding {
  if (unknown > 0) {
    return fail(
      part,
      'wrapped under another MASTER_KEY: contacts cannot be read',
      'Start with that key, or give it as MASTER_KEY_PREVIOUS; docs/runbooks/key-rotation.md.',
    );
  }
  if (previous > 0) {
    return warn(
      part,
      `${previous} still under MASTER_KEY_PREVIOUS`,
      'Run pnpm wedsync keys rotate --master, then unset MASTER_KEY_PREVIOUS.',
    );
  }
  const isStuck = retiringSince && Date.now() - Date.parse(retiringSince) > retiringMaxMs;
  if (isStuck) {
    return warn(
      part,
      `${retiring} data keys have been retiring for more than a day`,
      'See that the worker runs, then run pnpm wedsync keys rotate --all.',
    );
  }
  if (present === 0) return ok(part, 'none yet: nothing was encrypted');
  return ok(part, retiring > 0 ? `in order, ${retiring} being replaced` : 'in order');
}

export const encryptionKeys: Check = async (context) => {
  const { env, given, secrets } = context;
  const url = await databaseUrl(context);
  const worker = given.has('DATABASE_PASSWORD_WORKER')
    ? env.DATABASE_PASSWORD_WORKER
    : secrets?.passwords.worker;
  const masterKey = given.has('MASTER_KEY') ? env.MASTER_KEY : secrets?.MASTER_KEY;
  if (!url || !worker || !masterKey) return ok(part, 'not looked at: no database to ask');
  const previousMasterKey = env.MASTER_KEY_PREVIOUS;
  const access = { url, passwords: { worker }, masterKey, previousMasterKey };
  try {
    return await openKeys(access, ({ db, keyRing }) =>
      db.run('maintenance.run', async (tx) => findingOf(await checkKeys(tx, keyRing))),
    );
  } catch (error) {
    const reason = isDomainError(error) ? error.message : 'the database could not be asked';
    return warn(part, reason, 'See the finding on the database; then run the doctor again.');
  }
};
