import { answerTextJob } from '@wedsync/contracts/communications-jobs';
import type { InboundMeaning, SmsWebhookEvent } from '@wedsync/contracts/communications-sms';
import type { GuestId, InboundTextId, OrgId, WeddingId } from '@wedsync/contracts/ids';
import type { Tx } from '@wedsync/db/client';
import { bytesParameter, uuidArray } from '@wedsync/db/sql-values';
import { recordConsents } from '@wedsync/privacy';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { requirePermission } from '@wedsync/service/permission';
import { type WriteScope, writeTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';
import { understandText } from './model/sms/inbound-meaning.ts';
import type { SmsLanguage } from './model/sms/languages.ts';
import { writeSealedText } from './model/sms/sealed-text.ts';
import { inboundTextId } from './model/sms/thread.ts';
import { suppressAddress } from './suppress-address.ts';

export type InboundEvent = Extract<SmsWebhookEvent, { kind: 'inbound' }> & { provider: string };

/** A wedding that has texted the sender, as `wedding.find_sms_threads` knows it. */
export interface SmsThread {
  orgId: OrgId;
  weddingId: WeddingId;
  phoneHash: Uint8Array;
}

/** What the text does in the wedding at hand. */
export interface ReceiveOptions {
  thread: SmsThread;
  /** Decided once for all weddings; absent in the one that decides, which is the latest to write. */
  understood?: { meaning: InboundMeaning; language: SmsLanguage | null };
  /** The latest wedding shows the text and answers it; the others only heed STOP and START. */
  isLatest: boolean;
}

export interface ReceivedText {
  meaning: InboundMeaning;
  language: SmsLanguage | null;
  /** False where the same text was received before. */
  isNew: boolean;
}

export type GuestOfNumber = {
  id: GuestId;
  language: string | null;
  wrapped: Uint8Array | null;
};

/** Everybody on the guest list with the number, those first under whose key a text can be sealed. */
const guestsOf = (tx: Tx, { weddingId, phoneHash }: SmsThread) =>
  tx.execute<GuestOfNumber>(sql`
    select g.id, coalesce(h.language, w.locale) as language, k.wrapped
    from wedding.guests g
    join wedding.weddings w on w.id = g.wedding_id
    join wedding.households h on h.wedding_id = g.wedding_id and h.id = g.household_id
    left join wedding.guest_keys k on k.wedding_id = g.wedding_id and k.guest_id = g.id
    where g.wedding_id = ${weddingId} and g.phone_hash = ${bytesParameter(phoneHash)}
      and g.removed_at is null
    order by k.wrapped is null, g.plus_one_of is not null, g.id`);

interface Arrival {
  id: InboundTextId;
  event: InboundEvent;
  thread: SmsThread;
  understood: { meaning: InboundMeaning; language: SmsLanguage | null };
  owner: GuestOfNumber | undefined;
}

/** False where the text is there already. */
async function store(scope: WriteScope, arrival: Arrival): Promise<boolean> {
  const { tx, keyRing } = scope;
  const { id, event, thread, understood, owner } = arrival;
  const { weddingId } = thread;
  let cipher: Uint8Array | null = null;
  if (owner?.wrapped) {
    const keys = await keyRing.forWedding(tx, weddingId, [owner.wrapped]);
    cipher = keys.guest(owner.id, owner.wrapped).seal('inbound_text', writeSealedText(event));
  }
  const rows = await tx.execute(sql`
    insert into wedding.inbound_texts
      (wedding_id, id, guest_id, phone_hash, text_cipher, meaning, language, received_at)
    values (${weddingId}, ${id}, ${owner?.id ?? null}::uuid, ${bytesParameter(thread.phoneHash)},
      ${cipher ? bytesParameter(cipher) : null}, ${understood.meaning}, ${understood.language},
      least(${event.at}::timestamptz, now()))
    on conflict on constraint inbound_texts_pk do nothing
    returning 1`);
  return rows.length > 0;
}

/** From now on and in messages under way; true where it was not so before. */
async function stopNumber(
  tx: Tx,
  { weddingId, phoneHash: addressHash }: SmsThread,
  guestIds: readonly GuestId[],
): Promise<boolean> {
  const stopped = { weddingId, channel: 'sms', addressHash, reason: 'unsubscribed' } as const;
  const changed = await suppressAddress(tx, stopped);
  await tx.execute(sql`
    update wedding.deliveries set state = 'skipped', reason = 'suppressed', updated_at = now()
    where wedding_id = ${weddingId} and guest_id = any (${uuidArray(guestIds)}) and state = 'ready'
      and channel = 'sms' and address_hash = ${bytesParameter(addressHash)}`);
  return changed;
}

/** Lifts what the person's own word had put there, and nothing else. */
async function startNumber(tx: Tx, { weddingId, phoneHash }: SmsThread): Promise<boolean> {
  const lifted = await tx.execute(sql`
    delete from wedding.suppressions
    where wedding_id = ${weddingId} and channel = 'sms'
      and address_hash = ${bytesParameter(phoneHash)} and reason = 'unsubscribed'
    returning 1`);
  return lifted.length > 0;
}

/** Somebody who answers our answers by machine is not answered again and again. */
async function wasHelpedLately(tx: Tx, { id, thread }: Arrival): Promise<boolean> {
  const rows = await tx.execute(sql`
    select from wedding.inbound_texts
    where wedding_id = ${thread.weddingId} and id <> ${id} and meaning = 'help'
      and phone_hash = ${bytesParameter(thread.phoneHash)}
      and created_at > now() - interval '10 minutes'
    limit 1`);
  return rows.length > 0;
}

/** Whether the text calls for an answer: each wish gets one, however often it is repeated. */
async function heed(
  ctx: ServiceContext,
  scope: WriteScope,
  { arrival, guestIds }: { arrival: Arrival; guestIds: readonly GuestId[] },
): Promise<boolean> {
  const { tx } = scope;
  const { thread, understood, id } = arrival;
  if (understood.meaning === 'other') return false;
  if (understood.meaning === 'help') return !(await wasHelpedLately(tx, arrival));
  const isStop = understood.meaning === 'stop';
  const changed = isStop ? await stopNumber(tx, thread, guestIds) : await startNumber(tx, thread);
  const status = isStop ? 'withdrawn' : 'granted';
  await recordConsents(
    ctx,
    tx,
    guestIds.map((guestId) => ({ guestId, channel: 'sms', status, how: 'sms', proof: id })),
  );
  if (changed && isStop) await scope.change({ entity: 'message', kind: 'bulk' });
  return changed;
}

/**
 * Takes a text from one wedding's point of view: stores it sealed, heeds STOP and START for every
 * guest with the number, and has it answered. The same text again changes nothing.
 */
export async function receiveText(
  ctx: ServiceContext,
  event: InboundEvent,
  { thread, understood, isLatest }: ReceiveOptions,
): Promise<ReceivedText> {
  requirePermission(ctx, 'communications.update', { allow: ['system'] });
  const weddingId = requireWedding(ctx);
  return writeTx(ctx, async (scope) => {
    const guests = await guestsOf(scope.tx, thread);
    const [owner] = guests;
    const meant = understood ?? understandText(event.text, owner?.language ?? null);
    // What only concerns the conversation stays with the wedding that wrote last.
    if (!isLatest && (meant.meaning === 'other' || meant.meaning === 'help')) {
      return { ...meant, isNew: false };
    }
    const id = inboundTextId(event.provider, event.eventId, weddingId);
    const arrival = { id, event, thread, understood: meant, owner };
    if (!(await store(scope, arrival))) return { ...meant, isNew: false };
    const guestIds = guests.map((guest) => guest.id);
    const wantsAnswer = await heed(ctx, scope, { arrival, guestIds });
    await scope.audit({
      action: `communications.receive-text-${meant.meaning}`,
      entity: 'inbound_text',
      entityId: id,
    });
    await scope.change({ entity: 'inbound_text', entityId: id, kind: 'created' });
    if (isLatest && wantsAnswer && owner?.wrapped) {
      await scope.enqueue(answerTextJob, { v: 1, weddingId, inboundTextId: id });
    }
    return { ...meant, isNew: true };
  });
}
