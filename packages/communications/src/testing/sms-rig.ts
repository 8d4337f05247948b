import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InboundTextId, MessageId, WeddingId } from '@wedsync/contracts/ids';
import { createServiceDb } from '@wedsync/db/client';
import type { TestDatabase } from '@wedsync/db/testing/database';
import { type SmsSimulator, startSmsSimulator } from '@wedsync/platform/embedded/sms-simulator';
import { createLogger } from '@wedsync/platform/log';
import type { Clock } from '@wedsync/service/context';
import { systemContext, type TestScope } from '@wedsync/testing/contexts';
import { openFileJournal } from '../adapters/file-journal.ts';
import { createNodemailerTransport } from '../adapters/nodemailer.ts';
import { createHttpSmsTransport } from '../adapters/sms-http.ts';
import { answerText } from '../answer-text.ts';
import { expandMessage } from '../expand-message.ts';
import type { CommunicationsDeps } from '../ports.ts';
import { sendShard } from '../send-shard.ts';
import { sweepDeliveries } from '../sweep-deliveries.ts';
import { takeSmsWebhook } from '../take-sms-webhook.ts';
import { linkSecret, type Place } from './rig.ts';

export const ourNumber = '+12025550100';
const token = 'test-token';

/** Noon in Lisbon on a day without anything special. */
export const noon = new Date('2026-06-10T11:00:00Z');
export const clockAt = (at: Date): Clock => ({ now: () => at });

/** The webhook, called as the server would. */
function webhookOf(db: TestDatabase, serviceDb: ReturnType<typeof createServiceDb>) {
  let events = 0;
  return (event: object) => {
    const head = { eventId: `event-${++events}`, at: new Date().toISOString() };
    return takeSmsWebhook(
      {
        serviceDb,
        wake: { publish: async () => {} },
        linkSecret,
        contextOf: (scope) => systemContext(db.app, scope),
      },
      { provider: 'test', id: `call-${events}`, body: { events: [{ ...head, ...event }] } },
    );
  };
}

/** The room's jobs on a real simulator, run by hand in the order a test wants. */
export async function createSmsRig(
  db: TestDatabase,
  overrides: Partial<CommunicationsDeps> & { isIdempotent?: boolean } = {},
) {
  const simulator: SmsSimulator = await startSmsSimulator({
    dir: mkdtempSync(join(tmpdir(), 'wedsync-sms-')),
    token,
    deliveryMs: 10,
  });
  const { isIdempotent = true, ...others } = overrides;
  const sms = createHttpSmsTransport({
    name: 'sms',
    url: simulator.providerUrl,
    token,
    isIdempotent,
    timeoutMs: 2_000,
  });
  const deps: CommunicationsDeps = {
    transport: createNodemailerTransport({ url: 'smtp://127.0.0.1:1' }),
    sms,
    smsFrom: ourNumber,
    journal: openFileJournal(mkdtempSync(join(tmpdir(), 'wedsync-journal-'))),
    publicUrl: 'https://example.com',
    linkSecret,
    mailFrom: 'WedSync <no-reply@mail.example.com>',
    ...others,
  };
  let now: Clock = clockAt(noon);
  const contextOf = (place: TestScope) => systemContext(db.worker, { ...place, clock: now });
  const serviceDb = createServiceDb({
    url: db.url('app'),
    max: 2,
    applicationName: 'test-webhook',
  });
  const report = webhookOf(db, serviceDb);
  return {
    deps,
    simulator,
    sms,
    setClock: (at: Date) => {
      now = clockAt(at);
    },
    expand: (place: Place, messageId: MessageId) =>
      expandMessage(contextOf(place), { weddingId: place.weddingId, messageId }),
    send: (place: Place, messageId: MessageId, shard = 0) =>
      sendShard(
        contextOf(place),
        { weddingId: place.weddingId, messageId, channel: 'sms', shard },
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
    report,
    /** Somebody writes to one of our numbers. */
    write: (text: string, from: string, to = ourNumber) =>
      report({ kind: 'inbound', from, to, text }),
    /** Runs the jobs that answer texts, as the queue would. */
    async answer(): Promise<void> {
      const jobs = await db.admin<
        { payload: { weddingId: WeddingId; inboundTextId: InboundTextId } }[]
      >`
        update ops.outbox set state = 'done' where job_name = 'communications.answer-text'
          and state = 'pending' returning payload`;
      for (const { payload } of jobs) {
        const { weddingId, inboundTextId } = payload;
        const [wedding] = await db.admin<{ orgId: string }[]>`
          select org_id as "orgId" from wedding.weddings where id = ${weddingId}`;
        await answerText(contextOf({ ...wedding, weddingId }), inboundTextId, deps);
      }
    },
    async close() {
      await Promise.all([sms.close(), deps.transport.close(), simulator.stop(), serviceDb.end()]);
      deps.journal.close();
    },
  };
}

/** Guests agree to be texted, as the answer page would record it. */
export async function grantSms(admin: TestDatabase['admin'], weddingId: string): Promise<void> {
  await admin`
    insert into wedding.consents
      (wedding_id, id, guest_id, channel, purpose, status, how, recorded_by_kind, at)
    select wedding_id, gen_random_uuid(), id, 'sms', 'relationship', 'granted', 'form', 'guest_link',
      now() - interval '1 day'
    from wedding.guests where wedding_id = ${weddingId}`;
}

export const textsTo = (simulator: SmsSimulator, phone: string): string[] =>
  simulator.store
    .list({ search: phone, limit: 200 })
    .items.filter(({ direction, to }) => direction === 'to_guest' && to === phone)
    .map(({ text }) => text)
    .reverse();
