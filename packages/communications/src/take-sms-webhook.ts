import type { WebhookAnswer } from '@wedsync/contracts/communications-feedback';
import { SmsWebhook, type SmsWebhookEvent } from '@wedsync/contracts/communications-sms';
import type { OrgId, WeddingId } from '@wedsync/contracts/ids';
import { bytesParameter } from '@wedsync/db/sql-values';
import type { ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { sql } from 'drizzle-orm';
import { answerWebhookOnce } from './answer-webhook-once.ts';
import { smsBounceClass } from './model/sms/bounce-class.ts';
import { understandText } from './model/sms/inbound-meaning.ts';
import { threadHash, threadKey } from './model/sms/thread.ts';
import { readVerp, verpKey } from './model/verp.ts';
import { type InboundEvent, type ReceivedText, receiveText } from './receive-text.ts';
import {
  type DeliveryReport,
  type FeedbackGround,
  recordReports,
  wakeWeddings,
} from './record-delivery-events.ts';
import { smsReferenceDomain } from './sms-reference.ts';

/** A call whose signature holds. */
export interface SmsWebhookCall {
  provider: string;
  /** Its `webhook-id`. */
  id: string;
  body: unknown;
}

export interface SmsGround extends FeedbackGround {
  linkSecret: string;
  /** The system in a wedding. */
  contextOf(scope: { orgId: OrgId; weddingId: WeddingId }): ServiceContext;
}

type ThreadRow = { org_id: OrgId; wedding_id: WeddingId; phone_hash: Uint8Array };
type StatusEvent = Extract<SmsWebhookEvent, { kind: 'status' }>;

/** A report about a text that we know; undefined for one that says nothing new or is not ours. */
function reportOf(
  event: StatusEvent,
  { provider, key }: { provider: string; key: Buffer },
): DeliveryReport | 'silent' | undefined {
  const target = readVerp(key, event.reference, smsReferenceDomain);
  if (!target) return undefined;
  // The hand-over to the carrier tells nothing that the ledger does not know.
  if (event.status === 'accepted' || event.status === 'sent') return 'silent';
  const head = { ...target, source: 'webhook', at: event.at } as const;
  const dedupe = `${provider}|${event.eventId}`;
  const code = /^[A-Za-z0-9._-]{1,40}$/.test(event.code ?? '') ? (event.code ?? '') : undefined;
  const rest = { ...head, dedupe, ...(code ? { code } : {}) };
  if (event.status === 'delivered') return { ...rest, kind: 'delivered' };
  return { ...rest, kind: 'bounced', bounceClass: smsBounceClass(event.status, event.code) };
}

async function recordStatuses(
  ground: SmsGround,
  call: Omit<SmsWebhookCall, 'body'>,
  events: readonly SmsWebhookEvent[],
): Promise<WebhookAnswer> {
  const key = verpKey(ground.linkSecret);
  const statuses = events.filter((event) => event.kind === 'status');
  const read = statuses.map((event) => reportOf(event, { provider: call.provider, key }));
  const reports = read.filter((report) => typeof report === 'object');
  const foreign = read.filter((report) => report === undefined).length;
  let weddings: WeddingId[] = [];
  const answer = await ground.serviceDb.run('feedback.record', (tx) =>
    answerWebhookOnce(tx, { channel: 'sms', provider: call.provider, id: call.id }, async () => {
      const result = await recordReports(tx, reports);
      weddings = result.weddings;
      const unknown = foreign + result.unknown;
      const { recorded } = result;
      const received = events.length;
      const known = statuses.length - recorded - unknown;
      return { received, recorded: recorded + received - statuses.length, known, unknown };
    }),
  );
  wakeWeddings(ground.wake, weddings);
  return answer;
}

/** STOP holds from here on for every wedding that texts from the number, and START ends that. */
const noteOptOut = (
  { serviceDb }: SmsGround,
  hash: Uint8Array,
  meaning: ReceivedText['meaning'],
): Promise<unknown> =>
  serviceDb.run('feedback.record', (tx) =>
    meaning === 'stop'
      ? tx.execute(sql`
          insert into ops.sms_opt_outs (thread_hash) values (${bytesParameter(hash)})
          on conflict (thread_hash) do update set opted_out_at = excluded.opted_out_at`)
      : tx.execute(sql`delete from ops.sms_opt_outs where thread_hash = ${bytesParameter(hash)}`),
  );

async function takeInbound(ground: SmsGround, event: InboundEvent): Promise<void> {
  const numbers = { ours: event.to, theirs: event.from };
  const hash = threadHash(threadKey(ground.linkSecret), numbers);
  const rows = await ground.serviceDb.run('feedback.record', (tx) =>
    tx.execute<ThreadRow>(sql`select * from wedding.find_sms_threads(${bytesParameter(hash)})`),
  );
  // Before anything else, and also for somebody whom no wedding has written to.
  const { meaning } = understandText(event.text);
  if (meaning === 'stop' || meaning === 'start') await noteOptOut(ground, hash, meaning);
  let understood: ReceivedText | undefined;
  for (const row of rows) {
    const { org_id: orgId, wedding_id: weddingId, phone_hash: phoneHash } = row;
    const isLatest = understood === undefined;
    const received: ReceivedText = await receiveText(
      ground.contextOf({ orgId, weddingId }),
      event,
      { thread: { orgId, weddingId, phoneHash }, isLatest, ...(understood && { understood }) },
    );
    understood ??= received;
  }
  const settled = understood?.meaning ?? meaning;
  // A word that means STOP in the guest's own language alone.
  if (settled !== meaning && (settled === 'stop' || settled === 'start')) {
    await noteOptOut(ground, hash, settled);
  }
}

/**
 * Takes what a provider of text messages posted: statuses into the ledger, answers of guests into
 * their weddings. A repeated call, or the same events in another one, change nothing more.
 * @throws DomainError `invalid` where the body is not what the contract says
 */
export async function takeSmsWebhook(
  ground: SmsGround,
  { provider, id, body }: SmsWebhookCall,
): Promise<WebhookAnswer> {
  const { events } = parseInput(SmsWebhook, body);
  // First, so that the receipt is only written once every wish has been heeded.
  for (const event of events) {
    if (event.kind === 'inbound') await takeInbound(ground, { ...event, provider });
  }
  return recordStatuses(ground, { provider, id }, events);
}
