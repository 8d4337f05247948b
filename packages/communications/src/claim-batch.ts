import type { MessageChannel } from '@wedsync/contracts/communications-templates';
import type {
  DeliveryId,
  GuestId,
  HouseholdId,
  MessageId,
  WeddingId,
} from '@wedsync/contracts/ids';
import { jsonParameter } from '@wedsync/db/sql-values';
import { deriveHouseholdLinks } from '@wedsync/guests';
import type { ServiceContext } from '@wedsync/service/context';
import type { WeddingKeys } from '@wedsync/service/wedding-keys';
import { type SQL, sql } from 'drizzle-orm';
import { hashToken, unsubscribeToken } from './model/link-tokens.ts';
import type { MergeRecipient } from './model/merge-values.ts';
import type { CommunicationsDeps } from './ports.ts';
import { type Company, loadCompany } from './queries/claimed-recipients.ts';

/** The part of a message that one job sends. */
export interface ShardRef {
  weddingId: WeddingId;
  messageId: MessageId;
  channel: MessageChannel;
  shard: number;
}

/** A delivery that this process may send, with everything its wording needs. */
export interface ClaimedDelivery {
  id: DeliveryId;
  guestId: GuestId;
  householdId: HouseholdId;
  attempts: number;
  language: string | null;
  recipient: Omit<MergeRecipient, 'rsvpLink'>;
  rsvpToken: string;
  /** Empty on channels without such links. */
  unsubscribeToken: string;
  /** Where it goes, in clear: opened only while its message is made. */
  openAddress(): string;
}

export interface ClaimedBatch {
  epoch: number;
  deliveries: ClaimedDelivery[];
  /** Claimed, but their household is gone. */
  orphans: DeliveryId[];
  /** Rows that the claim took, those included that it skipped. */
  taken: number;
  /** Whether a send may still be started under the lease. */
  isFresh(): boolean;
}

export type ClaimRow = {
  id: DeliveryId;
  guest_id: GuestId;
  /** Where the guest lives now, and what is known of it; null where the household is gone. */
  household_id: HouseholdId | null;
  household_name: string;
  link_version: number;
  is_linked: boolean;
  address_cipher: Uint8Array | null;
  address_hash: Uint8Array | null;
  language: string | null;
  speaks_for: GuestId[];
  attempts: number;
  epoch: string;
  wrapped_key: Uint8Array | null;
  state: 'claimed' | 'skipped';
  title: string;
  first_name: string;
  last_name: string;
  /** The unsubscribe link of this guest at this address was stored before. */
  can_opt_out: boolean;
};
/** A row whose guest still has a household. */
type LivingRow = ClaimRow & { household_id: HouseholdId };

const leaseMsDefault = 12_000;
/** Part of the lease in which nothing new is started: scheduling delays must fit into it. */
const reserveShare = 1 / 6;

/**
 * Time since now, by the clock that ran further: the monotonic one stands still while a machine is
 * suspended, the other one can be set back.
 */
function stopwatch(): () => number {
  const wall = Date.now();
  const monotonic = performance.now();
  return () => Math.max(Date.now() - wall, performance.now() - monotonic);
}

/** One statement and its COMMIT: the counts of the shard stay locked until it ends. */
const takeRows = (
  ctx: ServiceContext,
  ref: ShardRef,
  take: { owner: string; leaseMs: number; max: number },
) =>
  ctx.db.writeOne<ClaimRow>(
    ctx.claims,
    sql`
      select id, guest_id, household_id, household_name, link_version, is_linked, address_cipher,
        address_hash, language, speaks_for, attempts, epoch, wrapped_key, state, title, first_name,
        last_name, can_opt_out
      from wedding.claim_deliveries(${ref.weddingId}, ${ref.messageId}, ${ref.channel}, ${ref.shard},
        ${take.owner}, ${take.leaseMs} * interval '1 ms', ${take.max})`,
  );

interface Material {
  ref: ShardRef;
  linkSecret: string;
  keys: WeddingKeys;
  companyOf(guestId: GuestId): Company;
  links: ReadonlyMap<HouseholdId, string>;
}

function toDelivery(row: LivingRow, material: Material): ClaimedDelivery {
  const { ref, keys } = material;
  const { address_cipher: cipher, wrapped_key: wrapped, guest_id: guestId } = row;
  const field = ref.channel === 'sms' ? 'phone' : 'email';
  return {
    id: row.id,
    guestId,
    householdId: row.household_id,
    attempts: row.attempts,
    language: row.language,
    recipient: {
      guest: { title: row.title, firstName: row.first_name, lastName: row.last_name },
      householdName: row.household_name,
      ...material.companyOf(guestId),
    },
    rsvpToken: material.links.get(row.household_id) ?? '',
    unsubscribeToken: row.address_hash
      ? unsubscribeToken(material.linkSecret, {
          weddingId: ref.weddingId,
          guestId,
          addressHash: row.address_hash,
        })
      : '',
    openAddress: () =>
      cipher && wrapped ? keys.openContact(cipher, wrapped, { guestId, field }) : '',
  };
}

/** What the tokens stand for is stored before the first of them leaves. */
const optOutOf = (ref: ShardRef, row: ClaimRow, { unsubscribeToken: token }: ClaimedDelivery) => ({
  guest: row.guest_id,
  address: Buffer.from(row.address_hash ?? []).toString('hex'),
  token: hashToken(token).toString('hex'),
  channel: ref.channel,
});

function storeOptOuts(
  weddingId: WeddingId,
  optOuts: readonly ReturnType<typeof optOutOf>[],
): SQL[] {
  if (optOuts.length === 0) return [];
  return [
    sql`
      insert into wedding.unsubscribe_links (wedding_id, guest_id, channel, address_hash, token_hash)
      select ${weddingId}, guest, channel, decode(address, 'hex'), decode(token, 'hex')
      from jsonb_to_recordset(${jsonParameter(optOuts)})
        as o (guest uuid, channel text, address text, token text)
      on conflict do nothing`,
  ];
}

/** Each household once: those who share one are told the same link. */
function linksOf(rows: readonly LivingRow[], linkSecret: string, weddingId: WeddingId) {
  const households = new Map(
    rows.map((row) => [
      row.household_id,
      { id: row.household_id, link_version: row.link_version, linked: row.is_linked },
    ]),
  );
  return deriveHouseholdLinks(linkSecret, { weddingId, rows: [...households.values()] });
}

/**
 * Reads first; then each thing that is written is one statement with its COMMIT, so that a process
 * that stops in between holds no lock that whoever takes its batch over would wait for.
 */
async function prepare(
  ctx: ServiceContext,
  ref: ShardRef,
  { rows, linkSecret }: { rows: readonly LivingRow[]; linkSecret: string },
): Promise<ClaimedDelivery[]> {
  const { weddingId } = ref;
  const read = await ctx.db.read(ctx.claims, async (tx) => {
    const wrapped = rows.map(({ wrapped_key }) => wrapped_key);
    const persons = rows.map((row) => ({ guestId: row.guest_id, speaksFor: row.speaks_for }));
    const [companyOf, keys] = await Promise.all([
      loadCompany(tx, weddingId, persons),
      ctx.keyRing.forWedding(tx, weddingId, wrapped),
    ]);
    return { companyOf, keys };
  });
  const links = linksOf(rows, linkSecret, weddingId);
  const material = { ...read, ref, linkSecret, links: links.tokens };
  const prepared: ClaimedDelivery[] = [];
  const optOuts: ReturnType<typeof optOutOf>[] = [];
  for (const row of rows) {
    const delivery = toDelivery(row, material);
    prepared.push(delivery);
    if (delivery.unsubscribeToken && !row.can_opt_out) optOuts.push(optOutOf(ref, row, delivery));
  }
  const stores = [...(links.store ? [links.store] : []), ...storeOptOuts(weddingId, optOuts)];
  await Promise.all(stores.map((store) => ctx.db.writeOne(ctx.claims, store)));
  return prepared;
}

/**
 * Claims up to `max` due deliveries of a shard and prepares their links. Undefined where nothing is
 * due or the message is not being sent.
 */
export async function claimBatch(
  ctx: ServiceContext,
  ref: ShardRef,
  {
    deps,
    max,
  }: { deps: Pick<CommunicationsDeps, 'journal' | 'leaseMs' | 'linkSecret'>; max: number },
): Promise<ClaimedBatch | undefined> {
  const leaseMs = deps.leaseMs ?? leaseMsDefault;
  // Started before the statement leaves: the lease counted by the database can only end later.
  const elapsedMs = stopwatch();
  const taken = await takeRows(ctx, ref, { owner: deps.journal.owner, leaseMs, max });
  const [first] = taken;
  if (!first) return undefined;
  const rows = taken.filter(({ state }) => state === 'claimed');
  const living = rows.filter((row): row is LivingRow => row.household_id !== null);
  const deliveries =
    living.length > 0 ? await prepare(ctx, ref, { rows: living, linkSecret: deps.linkSecret }) : [];
  return {
    epoch: Number(first.epoch),
    deliveries,
    orphans: rows.filter((row) => row.household_id === null).map(({ id }) => id),
    taken: taken.length,
    isFresh: () => elapsedMs() < leaseMs * (1 - reserveShare),
  };
}
