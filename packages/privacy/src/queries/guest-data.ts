import type { GuestId } from '@wedsync/contracts/ids';
import { getGuest, getGuestHistory, getHousehold } from '@wedsync/guests';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import type { SubjectKey } from '@wedsync/service/subject-key';
import { readTx } from '@wedsync/service/transaction';
import { type SQL, sql } from 'drizzle-orm';
import type { GuestData } from '../model/data-file.ts';
import { readConsents } from './list-consents.ts';

type Row = Record<string, unknown>;
type TextRow = { text_cipher: Uint8Array | null } & Row;

interface Place {
  weddingId: string;
  guestId: GuestId;
}

const eventsOf = ({ weddingId, guestId }: Place): SQL => sql`
  select e.name as event, i.answer, i.answered_at as "answeredAt", i.via, i.created_at as "invitedAt"
  from wedding.invitations i
  join wedding.events e on e.wedding_id = i.wedding_id and e.id = i.event_id
  where i.wedding_id = ${weddingId} and i.guest_id = ${guestId} order by e.position`;

const tagsOf = ({ weddingId, guestId }: Place): SQL => sql`
  select t.name from wedding.guest_tags g
  join wedding.tags t on t.wedding_id = g.wedding_id and t.id = g.tag_id
  where g.wedding_id = ${weddingId} and g.guest_id = ${guestId} order by t.name_key`;

/** The household answers for everybody in it, so its answers are each guest's as well. */
const answersOf = ({ weddingId, guestId }: Place): SQL => sql`
  select q.prompt as question, array_to_string(a.value, '; ') as answer, a.guest_id is null as "ofHousehold",
    a.answered_at as "answeredAt", a.via
  from wedding.question_answers a
  join wedding.questions q on q.wedding_id = a.wedding_id and q.id = a.question_id
  join wedding.guests g on g.wedding_id = a.wedding_id and g.household_id = a.household_id
  where a.wedding_id = ${weddingId} and g.id = ${guestId} and (a.guest_id = g.id or a.guest_id is null)
  order by q.position, q.id`;

const messagesOf = ({ weddingId, guestId }: Place): SQL => sql`
  select m.title, m.kind, d.channel, d.state, d.reason, d.language, d.sent_at as "sentAt",
    d.created_at as "plannedAt",
    (select string_agg(e.kind || ' ' || to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
        '; ' order by e.at)
      from wedding.delivery_events e
      where e.wedding_id = ${weddingId} and e.message_id = d.message_id and e.delivery_id = d.id) as events
  from wedding.deliveries d
  join wedding.messages m on m.wedding_id = d.wedding_id and m.id = d.message_id
  where d.wedding_id = ${weddingId} and d.guest_id = ${guestId} order by d.created_at, d.id`;

const textsOf = ({ weddingId, guestId }: Place): SQL => sql`
  select received_at as "receivedAt", meaning, language, text_cipher from wedding.inbound_texts
  where wedding_id = ${weddingId} and guest_id = ${guestId} order by received_at, id`;

/** What stands on the answer page for them; in the words that they read. */
const noticesOf = ({ weddingId, guestId }: Place): SQL => sql`
  select m.title, n.body, n.created_at as "shownSince" from wedding.notices n
  join wedding.messages m on m.wedding_id = n.wedding_id and m.id = n.message_id
  where n.wedding_id = ${weddingId} and n.guest_id = ${guestId} order by n.created_at, n.id`;

const seatsOf = ({ weddingId, guestId }: Place): SQL => sql`
  select e.name as event, t.label as "table", s.number as seat, a.placed_by as "placedBy",
    a.placed_at as "placedAt"
  from wedding.seating_assignments a
  join wedding.events e on e.wedding_id = a.wedding_id and e.id = a.event_id
  join wedding.seating_seats s on s.wedding_id = a.wedding_id and s.id = a.seat_id
  join wedding.seating_tables t on t.wedding_id = s.wedding_id and t.id = s.table_id
  where a.wedding_id = ${weddingId} and a.guest_id = ${guestId} order by e.position, e.id`;

/** Whom a wish is about besides is that person's, not this one's (Article 15 (4)). */
const seatingWishesOf = ({ weddingId, guestId }: Place): SQL => sql`
  select e.name as event, r.kind, r.weight, r.note, r.created_at as "since"
  from wedding.seating_relationships r
  left join wedding.events e on e.wedding_id = r.wedding_id and e.id = r.event_id
  where r.wedding_id = ${weddingId} and ${guestId} in (r.one_guest_id, r.other_guest_id)
  order by r.created_at, r.id`;

/** Since when they are texted, from their present number; the number itself is in the profile. */
const textingOf = ({ weddingId, guestId }: Place): SQL => sql`
  select t.started_at as "firstText", t.last_sent_at as "lastText", t.told_at as "toldHowToStop"
  from wedding.sms_threads t
  join wedding.guests g on g.wedding_id = t.wedding_id and g.phone_hash = t.phone_hash
  where t.wedding_id = ${weddingId} and g.id = ${guestId}`;

const unsubscribeLinksOf = ({ weddingId, guestId }: Place): SQL => sql`
  select channel, created_at as "madeAt" from wedding.unsubscribe_links
  where wedding_id = ${weddingId} and guest_id = ${guestId} order by created_at, channel`;

const suppressionsOf = ({ weddingId, guestId }: Place): SQL => sql`
  select s.channel, s.reason, s.created_at as "since" from wedding.suppressions s
  join wedding.guests g on g.wedding_id = s.wedding_id
  where s.wedding_id = ${weddingId} and g.id = ${guestId}
    and (s.address_hash in (g.email_hash, g.phone_hash) or s.address_hash = any (g.other_contact_hashes))
  order by s.channel`;

const historyPages = 40;

async function historyOf(ctx: ServiceContext, guestId: GuestId): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < historyPages; page++) {
    const { items, nextCursor } = await getGuestHistory(ctx, {
      guestId,
      limit: 500,
      ...(cursor ? { cursor } : {}),
    });
    // Who of the planner's people did it is theirs, not the guest's.
    rows.push(
      ...items.map(({ at, actorKind, action, before, after }) => ({
        at,
        actorKind,
        action,
        before,
        after,
      })),
    );
    if (!nextCursor) return rows;
    cursor = nextCursor;
  }
  return rows;
}

function toText(key: SubjectKey | undefined, { text_cipher, ...row }: TextRow): Row {
  return { ...row, text: key && text_cipher ? key.open('inbound_text', text_cipher) : null };
}

/**
 * Everything that is kept about one guest, in plain.
 * @throws DomainError `not-found`
 */
export async function readGuestData(ctx: ServiceContext, guestId: GuestId): Promise<GuestData> {
  const guest = await getGuest(ctx, { guestId });
  const { notes: _, ...household } = await getHousehold(ctx, { householdId: guest.householdId });
  const place = { weddingId: requireWedding(ctx), guestId };
  const { tagIds: _tags, invitations: _invitations, householdName: _name, ...profile } = guest;
  const lists = await readTx(ctx, async (tx) => {
    const rowsOf = async (statement: SQL): Promise<Row[]> => [
      ...(await tx.execute<Row>(statement)),
    ];
    const [keyRow] = await tx.execute<{ wrapped: Uint8Array }>(sql`
      select wrapped from wedding.guest_keys
      where wedding_id = ${place.weddingId} and guest_id = ${guestId}`);
    const wrapped = keyRow?.wrapped ?? null;
    const keys = await ctx.keyRing.forWedding(tx, requireWedding(ctx), [wrapped]);
    const key = wrapped ? keys.guest(guestId, wrapped) : undefined;
    const texts = await tx.execute<TextRow>(textsOf(place));
    return {
      tags: await rowsOf(tagsOf(place)),
      events: await rowsOf(eventsOf(place)),
      answers: await rowsOf(answersOf(place)),
      messages: await rowsOf(messagesOf(place)),
      texts: texts.map((row) => toText(key, row)),
      notices: await rowsOf(noticesOf(place)),
      texting: await rowsOf(textingOf(place)),
      seats: await rowsOf(seatsOf(place)),
      seatingWishes: await rowsOf(seatingWishesOf(place)),
      unsubscribeLinks: await rowsOf(unsubscribeLinksOf(place)),
      consents: (await readConsents(tx, place)).map((record) => ({ ...record })),
      suppressions: await rowsOf(suppressionsOf(place)),
    };
  });
  const history = await historyOf(ctx, guestId);
  return { profile: { ...profile }, household, ...lists, history };
}
