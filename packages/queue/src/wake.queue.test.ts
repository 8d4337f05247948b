import { setTimeout } from 'node:timers/promises';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { createLogger } from '@wedsync/platform/log';
import { Redis } from 'ioredis';
import { afterEach, expect, it } from 'vitest';
import { describeOnBothBackends } from './testing/both-backends.ts';
import { until } from './testing/rig.ts';
import { createWake, type Wake } from './wake.ts';

const database = await createTestDatabase();
const log = createLogger({ service: 'test', level: 'silent' });

describeOnBothBackends('a wake-up', database, (backend) => {
  const open: Wake[] = [];
  afterEach(() => Promise.all(open.splice(0).map((wake) => wake.close())));
  function connect(): Wake {
    const wake = createWake({ ...backend.place(), log });
    open.push(wake);
    return wake;
  }

  it('reaches every process that listens to the channel, and no other channel', async () => {
    const [here, there, sender] = [connect(), connect(), connect()];
    const heard: string[] = [];
    await here.subscribe('changes', (key) => heard.push(`here ${key}`));
    await there.subscribe('changes', (key) => heard.push(`there ${key}`));
    await there.subscribe('outbox', (key) => heard.push(`outbox ${key}`));
    await sender.publish('changes', 'w1');
    await until('both', () => heard.length >= 2);
    expect(heard.sort()).toEqual(['here w1', 'there w1']);
  });

  it('does not reach a listener that has left', async () => {
    const wake = connect();
    const heard: string[] = [];
    const leave = await wake.subscribe('changes', (key) => heard.push(`left ${key}`));
    await wake.subscribe('changes', (key) => heard.push(`stayed ${key}`));
    await leave();
    await wake.publish('changes', 'w2');
    await until('the one that stayed', () => heard.length > 0);
    expect(heard).toEqual(['stayed w2']);
  });

  it('listens again after its connection was cut, and tells that something may be missing', async () => {
    const [listener, sender] = [connect(), connect()];
    const heard: string[] = [];
    await listener.subscribe('changes', (key) => heard.push(key));
    if (backend.name === 'redis') {
      const admin = new Redis(backend.redis().url);
      await admin.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
      admin.disconnect();
    } else {
      await database.admin`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name = 'wedsync-wake' and query ilike 'listen%'`;
    }
    await until('the gap', () => heard.includes(''));
    await setTimeout(50);
    await sender.publish('changes', 'w3');
    await until('the message after it', () => heard.includes('w3'));
  });
});
