import type { Delivery } from '@wedsync/contracts/communications';
import { ExportDeliveries } from '@wedsync/contracts/communications-control';
import type { DeliveryId, MessageId } from '@wedsync/contracts/ids';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { readTx, writeTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';
import { byteOrderMark, csvRecord } from './model/csv.ts';
import {
  type DeliveryRow,
  deliveryColumns,
  deliveryJoins,
  openDeliveries,
} from './queries/delivery-rows.ts';
import { requireMessage } from './rows.ts';

/** Rows that are in memory at once, however large the ledger is. */
const pageSize = 1_000;

const header = [
  'Guest',
  'Household',
  'Channel',
  'Address',
  'State',
  'Reason',
  'Code',
  'Attempts',
  'Sent',
  'Updated',
  'Guest id',
  'Delivery id',
] as const;

const recordOf = (delivery: Delivery) =>
  csvRecord([
    delivery.guestName,
    delivery.householdName,
    delivery.channel,
    delivery.address,
    delivery.state,
    delivery.reason,
    delivery.code,
    delivery.attempts,
    delivery.sentAt,
    delivery.updatedAt,
    delivery.guestId,
    delivery.id,
  ]);

interface PageRef {
  messageId: MessageId;
  states: readonly string[];
  after: DeliveryId | null;
}

function readPage(ctx: ServiceContext, { messageId, states, after }: PageRef): Promise<Delivery[]> {
  const weddingId = requireWedding(ctx);
  const chosen =
    states.length === 0
      ? sql`true`
      : sql`d.state in (select value from jsonb_array_elements_text(${JSON.stringify(states)}::jsonb))`;
  return readTx(ctx, async (tx) => {
    const rows = await tx.execute<DeliveryRow>(sql`
      select ${deliveryColumns} from wedding.deliveries d ${deliveryJoins}
      where d.wedding_id = ${weddingId} and d.message_id = ${messageId} and ${chosen}
        and (${after}::uuid is null or d.id > ${after}::uuid)
      order by d.id limit ${pageSize}`);
    return openDeliveries(ctx, tx, rows);
  });
}

async function* records(ctx: ServiceContext, ref: Omit<PageRef, 'after'>): AsyncGenerator<string> {
  yield byteOrderMark + csvRecord(header);
  let after: DeliveryId | null = null;
  for (;;) {
    ctx.signal.throwIfAborted();
    const page: Delivery[] = await readPage(ctx, { ...ref, after });
    if (page.length > 0) yield page.map(recordOf).join('');
    const last = page.at(-1);
    if (!last || page.length < pageSize) return;
    after = last.id;
  }
}

export interface DeliveriesFile {
  fileName: string;
  /** Parts of the file in order, read from the database as they are asked for. */
  content: AsyncGenerator<string>;
}

/**
 * What became of every guest of a message, as CSV for spreadsheet programs. It is written to the
 * history: whoever holds the file holds everybody's addresses.
 * @throws DomainError `not-found`
 */
export async function exportDeliveries(
  ctx: ServiceContext,
  input: ExportDeliveries,
): Promise<DeliveriesFile> {
  const { messageId, states } = parseInput(ExportDeliveries, input);
  requirePermission(ctx, 'communications.read');
  requirePermission(ctx, 'guests.export');
  await writeTx(ctx, async ({ tx, audit }) => {
    await requireMessage(tx, ctx, messageId);
    await audit({
      action: 'communications.export-deliveries',
      entity: 'message',
      entityId: messageId,
      after: { states },
    });
  });
  const day = ctx.clock.now().toISOString().slice(0, 10);
  return { fileName: `deliveries-${day}.csv`, content: records(ctx, { messageId, states }) };
}
