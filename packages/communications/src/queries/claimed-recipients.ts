import type { EventId, GuestId, WeddingId } from '@wedsync/contracts/ids';
import type { Tx } from '@wedsync/db/client';
import { uuidArray } from '@wedsync/db/sql-values';
import { sql } from 'drizzle-orm';
import type { MergeEvent, MergeGuest } from '../model/merge-values.ts';

/** Whom a delivery is about: the guest it goes to, and those of the household it speaks for. */
export interface Spokesperson {
  guestId: GuestId;
  speaksFor: readonly GuestId[];
}

/** What the merge fields need besides the guest and the household. */
export interface Company {
  events: readonly MergeEvent[];
  companions: readonly MergeGuest[];
}

type EventRow = {
  id: EventId;
  name: string;
  starts_on: string | null;
  starts_at: string | null;
  venue: string;
};
type InvitationRow = { speaker: GuestId; event_ids: string };
type CompanionRow = { speaker: GuestId; title: string; first_name: string; last_name: string };

/** Each set of events is one array, whoever is invited to it: what is made of it is made once. */
function eventSets(events: readonly EventRow[]): (ids: string) => readonly MergeEvent[] {
  const known = new Map<string, readonly MergeEvent[]>();
  return (ids) => {
    const found = known.get(ids);
    if (found) return found;
    const wanted = new Set(ids.split(' '));
    const set = events
      .filter(({ id }) => wanted.has(id))
      .map((event) => ({
        name: event.name,
        startsOn: event.starts_on,
        startsAt: event.starts_at,
        venue: event.venue,
      }));
    known.set(ids, set);
    return set;
  };
}

/** Invitations by guest, each found by its key whatever the planner expects. */
const invitationsOf = (
  weddingId: WeddingId,
  speakers: readonly string[],
  guests: readonly string[],
) =>
  sql`
    select s.speaker, string_agg(distinct i.event_id::text, ' ') as event_ids
    from unnest(${uuidArray(speakers)}, ${uuidArray(guests)}) as s (speaker, guest)
    cross join lateral (
      select event_id from wedding.invitations
      where wedding_id = ${weddingId} and guest_id = s.guest offset 0) i
    group by s.speaker`;

const companionsOf = (
  weddingId: WeddingId,
  speakers: readonly string[],
  guests: readonly string[],
) =>
  sql`
    select s.speaker, c.title, c.first_name, c.last_name
    from unnest(${uuidArray(speakers)}, ${uuidArray(guests)}) as s (speaker, guest)
    cross join lateral (
      select * from wedding.guests where wedding_id = ${weddingId} and id = s.guest offset 0) c
    where c.first_name || c.last_name <> ''
    order by c.plus_one_of is not null, c.age_group <> 'adult', c.id`;

/** To which events everybody of a batch is invited, and in whose name it is written besides. */
export async function loadCompany(
  tx: Tx,
  weddingId: WeddingId,
  spokespersons: readonly Spokesperson[],
): Promise<(guestId: GuestId) => Company> {
  const carried = spokespersons.flatMap(({ guestId, speaksFor }) =>
    speaksFor.map((guest) => ({ speaker: guestId, guest })),
  );
  const own = spokespersons.map(({ guestId }) => ({ speaker: guestId, guest: guestId }));
  const pairs = (list: typeof carried) =>
    [weddingId, list.map(({ speaker }) => speaker), list.map(({ guest }) => guest)] as const;
  const [events, invitations, companions] = await Promise.all([
    tx.execute<EventRow>(sql`
      select id, name, starts_on, starts_at, venue from wedding.events
      where wedding_id = ${weddingId} order by position`),
    tx.execute<InvitationRow>(invitationsOf(...pairs([...own, ...carried]))),
    carried.length > 0 ? tx.execute<CompanionRow>(companionsOf(...pairs(carried))) : [],
  ]);
  const eventsOf = eventSets(events);
  const eventsBySpeaker = new Map(invitations.map((row) => [row.speaker, eventsOf(row.event_ids)]));
  const companionsBySpeaker = Map.groupBy(companions, ({ speaker }) => speaker);
  const none = eventsOf('');
  return (guestId) => ({
    events: eventsBySpeaker.get(guestId) ?? none,
    companions: (companionsBySpeaker.get(guestId) ?? []).map((row) => ({
      title: row.title,
      firstName: row.first_name,
      lastName: row.last_name,
    })),
  });
}
