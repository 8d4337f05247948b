import { type InboundText, ListInboundTexts } from '@wedsync/contracts/communications-sms';
import { type GuestId, InboundTextId } from '@wedsync/contracts/ids';
import type { Page } from '@wedsync/contracts/paging';
import type { Tx } from '@wedsync/db/client';
import { isoMoment } from '@wedsync/db/sql-values';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { keysFor } from '@wedsync/service/keys-for';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { notFound } from '@wedsync/service/stale';
import { readTx } from '@wedsync/service/transaction';
import type { WeddingKeys } from '@wedsync/service/wedding-keys';
import { type SQL, sql } from 'drizzle-orm';
import { readSealedText } from '../model/sms/sealed-text.ts';

type TextRow = {
  id: InboundTextId;
  guest_id: GuestId | null;
  text_cipher: Uint8Array | null;
  wrapped: Uint8Array | null;
  meaning: InboundText['meaning'];
  received_at: string;
  handled_at: string | null;
  guests: InboundText['guests'] | null;
};

/** Texts with everybody who has the number now. */
const readRows = (tx: Tx, condition: SQL) =>
  tx.execute<TextRow>(sql`
    select t.id, t.guest_id, t.text_cipher, k.wrapped, t.meaning, t.received_at, t.handled_at,
      (select jsonb_agg(jsonb_build_object('id', g.id,
          'name', btrim(g.first_name || ' ' || g.last_name)) order by g.plus_one_of is not null, g.id)
        from wedding.guests g
        where g.wedding_id = t.wedding_id and g.phone_hash = t.phone_hash
          and g.removed_at is null) as guests
    from wedding.inbound_texts t
    left join wedding.guest_keys k on k.wedding_id = t.wedding_id and k.guest_id = t.guest_id
    where ${condition}`);

/** What nobody can open any more, because its guest was erased, is shown without its words. */
function toText(row: TextRow, keys: WeddingKeys): InboundText {
  const opened =
    row.guest_id && row.text_cipher && row.wrapped
      ? readSealedText(keys.guest(row.guest_id, row.wrapped).open('inbound_text', row.text_cipher))
      : undefined;
  return {
    id: row.id,
    receivedAt: isoMoment(row.received_at),
    from: opened?.from ?? '',
    body: opened?.text ?? '',
    meaning: row.meaning,
    guests: row.guests ?? [],
    handledAt: isoMoment(row.handled_at),
  };
}

/** What guests wrote back, newest first. */
export async function listInboundTexts(
  ctx: ServiceContext,
  input: ListInboundTexts,
): Promise<Page<InboundText>> {
  const { show, cursor, limit } = parseInput(ListInboundTexts, input);
  requirePermission(ctx, 'communications.read');
  const weddingId = requireWedding(ctx);
  const isOpen = show === 'open' ? sql`and t.meaning = 'other' and t.handled_at is null` : sql``;
  const after = cursor
    ? sql`and (t.received_at, t.id) < (
        select c.received_at, c.id from wedding.inbound_texts c
        where c.wedding_id = ${weddingId} and c.id = ${parseInput(InboundTextId, cursor)})`
    : sql``;
  const rows = await readTx(ctx, (tx) =>
    readRows(
      tx,
      sql`t.wedding_id = ${weddingId} ${isOpen} ${after}
        order by t.received_at desc, t.id desc limit ${limit + 1}`,
    ),
  );
  const page = rows.slice(0, limit);
  const keys = await keysFor(
    ctx,
    page.map(({ wrapped }) => wrapped),
  );
  return {
    items: page.map((row) => toText(row, keys)),
    nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}

/** @throws DomainError `not-found` */
export async function fetchInboundText(
  ctx: ServiceContext,
  tx: Tx,
  id: InboundTextId,
): Promise<InboundText> {
  const weddingId = requireWedding(ctx);
  const [row] = await readRows(tx, sql`t.wedding_id = ${weddingId} and t.id = ${id}`);
  if (!row) throw notFound('text');
  return toText(row, await ctx.keyRing.forWedding(tx, weddingId, [row.wrapped]));
}
