import type {
  BounceClass,
  DeliveryEventKind,
  DeliveryEventSource,
  MailProvider,
} from '@wedsync/contracts/communications-feedback';
import type { MessageId, WeddingId } from '@wedsync/contracts/ids';
import type { ServiceDb, Tx } from '@wedsync/db/client';
import { jsonParameter } from '@wedsync/db/sql-values';
import type { Wake } from '@wedsync/queue/wake';
import { sql } from 'drizzle-orm';

/** What a mail system or a link said about one delivery. */
export interface DeliveryReport {
  messageId: MessageId;
  /** The first 16 hexadecimal digits of the delivery's id. */
  deliveryPrefix: string;
  kind: DeliveryEventKind;
  source: DeliveryEventSource;
  /** For bounces alone. */
  bounceClass?: BounceClass;
  code?: string;
  provider?: MailProvider;
  /** ISO 8601. */
  at: string;
  /** What the source calls this report; the same again is the same event. */
  dedupe?: string;
}

export interface RecordedEvents {
  received: number;
  /** Events that were not there before. */
  recorded: number;
  /** Reports about deliveries that do not exist (any more). */
  unknown: number;
}

type Row = { received: number; recorded: number; unknown: number; weddings: WeddingId[] };

/** Parts of the process that reports come in through. */
export interface FeedbackGround {
  serviceDb: ServiceDb;
  wake: Pick<Wake, 'publish'>;
}

/** The same inside a transaction of the caller, who wakes the weddings after its commit. */
export async function recordReports(tx: Tx, reports: readonly DeliveryReport[]): Promise<Row> {
  const [row] = await tx.execute<Row>(sql`
    select received, recorded, unknown, weddings
    from wedding.record_delivery_events(${jsonParameter(reports)})`);
  return row ?? { received: 0, recorded: 0, unknown: 0, weddings: [] };
}

/** A lost wake-up only delays: readers of the feed also look by themselves. */
export function wakeWeddings(wake: FeedbackGround['wake'], weddings: readonly WeddingId[]): void {
  for (const weddingId of weddings) wake.publish('changes', weddingId).catch(() => {});
}

/**
 * Records reports in one set-based statement: deliveries move up, doubts are settled, addresses that
 * bounced for good or complained are stopped. The same reports again, or in another order, come to
 * the same.
 * @throws DomainError `unavailable` when the database cannot be reached: nothing was recorded then
 */
export async function recordDeliveryEvents(
  { serviceDb, wake }: FeedbackGround,
  reports: readonly DeliveryReport[],
): Promise<RecordedEvents> {
  if (reports.length === 0) return { received: 0, recorded: 0, unknown: 0 };
  const { weddings, ...counts } = await serviceDb.run('feedback.record', (tx) =>
    recordReports(tx, reports),
  );
  wakeWeddings(wake, weddings);
  return counts;
}
