import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MessageId, OrgId, WeddingId } from '@wedsync/contracts/ids';
import type { TestDatabase } from '@wedsync/db/testing/database';
import { createLogger } from '@wedsync/platform/log';
import { systemContext, type TestScope } from '@wedsync/testing/contexts';
import { openFileJournal } from '../adapters/file-journal.ts';
import { createSmtpTransport } from '../adapters/smtp/transport.ts';
import { expandMessage } from '../expand-message.ts';
import type { CommunicationsDeps } from '../ports.ts';
import { sendShard } from '../send-shard.ts';
import { sweepDeliveries } from '../sweep-deliveries.ts';

export interface Place {
  orgId: OrgId;
  weddingId: WeddingId;
}

export const linkSecret = 'test-link-secret-0123456789abcdefghijklmnopqrstuvwxyz';

/** The room's jobs on real parts, run by hand in the order a test wants. */
export function createRig(
  db: TestDatabase,
  options: { smtpUrl: string } & Partial<CommunicationsDeps>,
) {
  const { smtpUrl, ...overrides } = options;
  const deps: CommunicationsDeps = {
    transport: createSmtpTransport({ url: smtpUrl, timeouts: { dotMs: 3_000 } }),
    journal: openFileJournal(mkdtempSync(join(tmpdir(), 'wedsync-journal-'))),
    publicUrl: 'https://example.com',
    linkSecret,
    mailFrom: 'WedSync <no-reply@mail.example.com>',
    ...overrides,
  };
  const contextOf = (place: TestScope) => systemContext(db.worker, place);
  return {
    deps,
    expand: (place: Place, messageId: MessageId) =>
      expandMessage(contextOf(place), { weddingId: place.weddingId, messageId }),
    send: (place: Place, messageId: MessageId, shard = 0) =>
      sendShard(
        contextOf(place),
        { weddingId: place.weddingId, messageId, channel: 'email', shard },
        deps,
      ),
    sweep: () =>
      sweepDeliveries(
        {
          serviceDb: db.service,
          service: ({ orgId, weddingId }) =>
            contextOf({ ...(orgId ? { orgId } : {}), ...(weddingId ? { weddingId } : {}) }),
          log: createLogger({ service: 'test', level: 'silent' }),
        },
        deps,
      ),
    async close() {
      await deps.transport.close();
      deps.journal.close();
    },
  };
}

export type Ledger = Record<string, number> & { audience: number };

/** The ledger of a message as the database's own check sees it; fails where it does not balance. */
export async function ledgerOf(db: TestDatabase, messageId: string): Promise<Ledger> {
  const [row] = await db.admin<(Ledger & { balanced: boolean })[]>`
    select c.audience, c.ready, c.claimed, c.in_doubt, c.sent, c.delivered, c.bounced, c.complained,
      c.failed, c.skipped, c.cancelled, c.balanced
    from wedding.messages m
    cross join lateral wedding.count_deliveries(m.wedding_id, array[m.id]) c
    where m.id = ${messageId} and not c.is_fallback`;
  if (!row) throw new Error('no such message');
  const { balanced, ...ledger } = row;
  if (!balanced) throw new Error(`the ledger does not balance: ${JSON.stringify(row)}`);
  return ledger as Ledger;
}
