import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { UserId } from '@wedsync/contracts/ids';
import { createServiceDb } from '@wedsync/db/client';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { startMailCatcher } from '@wedsync/platform/embedded/mail-catcher';
import { createMailClient } from '@wedsync/platform/embedded/mail-client';
import { createLogger } from '@wedsync/platform/log';
import { connectQueue } from '@wedsync/queue/connection';
import { createContext } from '@wedsync/service/context';
import { userContext } from '@wedsync/testing/contexts';
import { seedUser } from '@wedsync/testing/factories/weddings';
import { afterAll } from 'vitest';
import type { MonitoringContext, MonitoringDeps } from '../ports.ts';

const token = 'operators-test-token';

/** A database, a queue on it and a mail catcher, all real, and operators who look into them. */
export async function openOperatorsRig() {
  const db = await createTestDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'wedsync-operators-'));
  const mail = await startMailCatcher({ dir: folder, token });
  const statistics = createServiceDb({
    url: db.url('monitor'),
    max: 2,
    applicationName: 'test-monitor',
  });
  const queue = connectQueue({
    databaseUrl: db.url('worker'),
    log: createLogger({ service: 'test', level: 'silent' }),
  });
  afterAll(async () => {
    await Promise.all([statistics.end(), queue.close(), mail.stop()]);
    await rm(folder, { recursive: true, force: true });
  });
  const deps: MonitoringDeps = {
    statistics,
    queue,
    mail: createMailClient({ url: mail.url, token }),
    instance: 'this-process',
    readPools: () => [{ name: 'app', ...db.app.stats() }],
  };

  /** The context of an operator; with `userId` of somebody else, who only claims to be one. */
  const contextOf = (userId: UserId): MonitoringContext => {
    const ground = userContext(db.app);
    const context = createContext(ground, { actor: { kind: 'operator', userId } });
    return { ...context, monitoring: deps };
  };
  return {
    db,
    deps,
    mail,
    contextOf,
    async operator(name = 'Olga Operator') {
      const { userId } = await seedUser(db.admin, { name, isOperator: true });
      return { userId, ctx: contextOf(userId) };
    },
  };
}
