import type { MessageId } from '@wedsync/contracts/ids';
import { createTenantDb } from '@wedsync/db/client';
import { systemContext } from '@wedsync/testing/contexts';
import { openFileJournal } from '../adapters/file-journal.ts';
import { createSmtpTransport } from '../adapters/smtp/transport.ts';
import { sendShard } from '../send-shard.ts';
import type { Place } from './rig.ts';

/** Where a worker for tests that kill one finds its work. */
export interface WorkerOrder extends Place {
  databaseUrl: string;
  messageId: MessageId;
  shards: number[];
  smtpUrl: string;
  journalDir: string;
  leaseMs: number;
  linkSecret: string;
}

/** A process that sends until nothing is due: told its order by argument, `done` on stdout. */
const { databaseUrl, journalDir, smtpUrl, shards, ...order } = JSON.parse(
  process.argv[2] ?? '{}',
) as WorkerOrder;
const db = createTenantDb({ url: databaseUrl, max: 4, applicationName: 'test-worker' });
const ctx = systemContext(db, order);
const deps = {
  ...order,
  transport: createSmtpTransport({ url: smtpUrl }),
  journal: openFileJournal(journalDir),
  publicUrl: 'https://example.com',
  mailFrom: 'no-reply@mail.example.com',
};
await Promise.all(
  shards.map((shard) => sendShard(ctx, { ...order, channel: 'email', shard }, deps)),
);
process.stdout.write('done\n');
process.exit(0);
