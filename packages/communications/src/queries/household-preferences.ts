import type { HouseholdPreferences } from '@wedsync/contracts/communications-feedback';
import type { MessageChannel, MessageKind } from '@wedsync/contracts/communications-templates';
import type { GuestId, HouseholdId, WeddingId } from '@wedsync/contracts/ids';
import type { Tx } from '@wedsync/db/client';
import { isoMoment } from '@wedsync/db/sql-values';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { requirePermission } from '@wedsync/service/permission';
import { notFound } from '@wedsync/service/stale';
import { readTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';

const sentMax = 50;

/** How a guest can be written to now, with what it is decided by. */
export type PersonRow = {
  id: GuestId;
  name: string;
  email_hash: Uint8Array | null;
  phone_hash: Uint8Array | null;
  email_on: boolean;
  sms_on: boolean;
};

/**
 * The people of a household. A bounce is no choice, so it does not count as "off": the guest sees
 * what they want, not what came back.
 */
export async function readPeople(
  tx: Tx,
  weddingId: WeddingId,
  householdId: HouseholdId,
): Promise<PersonRow[]> {
  const rows = await tx.execute<PersonRow>(sql`
    select g.id, concat_ws(' ', nullif(g.first_name, ''), nullif(g.last_name, '')) as name,
      g.email_hash, g.phone_hash,
      e.address_hash is null and coalesce(ec.status, 'granted') = 'granted' as email_on,
      s.address_hash is null and coalesce(sc.status, 'withdrawn') = 'granted' as sms_on
    from wedding.guests g
    left join wedding.suppressions e on e.wedding_id = g.wedding_id and e.channel = 'email'
      and e.address_hash = g.email_hash and e.reason not in ('bounced', 'soft_bounced')
    left join wedding.suppressions s on s.wedding_id = g.wedding_id and s.channel = 'sms'
      and s.address_hash = g.phone_hash and s.reason not in ('bounced', 'soft_bounced')
    left join wedding.consent_states ec on ec.wedding_id = g.wedding_id and ec.guest_id = g.id
      and ec.channel = 'email' and ec.purpose = 'relationship'
    left join wedding.consent_states sc on sc.wedding_id = g.wedding_id and sc.guest_id = g.id
      and sc.channel = 'sms' and sc.purpose = 'relationship'
    where g.wedding_id = ${weddingId} and g.household_id = ${householdId}
      and g.removed_at is null and g.erased_at is null
    order by g.plus_one_of is not null, g.id`);
  return [...rows];
}

type SentRow = {
  kind: MessageKind;
  channel: MessageChannel;
  guest_id: GuestId;
  at: string;
  came_back: boolean;
};

/**
 * What the preference page of a household shows.
 * @throws DomainError `not-found` where the wedding is gone
 */
export async function getHouseholdPreferences(
  ctx: ServiceContext,
  householdId: HouseholdId,
): Promise<HouseholdPreferences> {
  requirePermission(ctx, 'communications.read', { allow: ['system'] });
  const weddingId = requireWedding(ctx);
  return readTx(ctx, async (tx) => {
    const [wedding] = await tx.execute<{ names: string }>(sql`
      select concat_ws(' & ', nullif(partner_a_name, ''), nullif(partner_b_name, '')) as names
      from wedding.weddings where id = ${weddingId}`);
    if (!wedding) throw notFound('wedding');
    const people = await readPeople(tx, weddingId, householdId);
    const sent = await tx.execute<SentRow>(sql`
      select m.kind, d.channel, d.guest_id, d.sent_at as at, d.state = 'bounced' as came_back
      from wedding.guests g
      join wedding.deliveries d on d.wedding_id = g.wedding_id and d.guest_id = g.id
      join wedding.messages m on m.wedding_id = d.wedding_id and m.id = d.message_id
      where g.wedding_id = ${weddingId} and g.household_id = ${householdId}
        and g.removed_at is null and d.sent_at is not null
      order by d.sent_at desc, d.id limit ${sentMax}`);
    const names = new Map(people.map(({ id, name }) => [id, name]));
    return {
      coupleNames: wedding.names,
      people: people.map((person) => ({
        guestId: person.id,
        name: person.name,
        email: person.email_hash ? person.email_on : null,
        sms: person.phone_hash ? person.sms_on : null,
      })),
      sent: [...sent].map((row) => ({
        kind: row.kind,
        channel: row.channel,
        name: names.get(row.guest_id) ?? '',
        at: isoMoment(row.at),
        cameBack: row.came_back,
      })),
    };
  });
}
