import {
  ListPreflightRecipients,
  type PreflightRecipient,
} from '@wedsync/contracts/communications-control';
import type { MergeFieldName } from '@wedsync/contracts/communications-templates';
import { GuestId, type HouseholdId } from '@wedsync/contracts/ids';
import type { Page } from '@wedsync/contracts/paging';
import { countSmsSegments } from '@wedsync/contracts/sms-segments';
import type { Tx } from '@wedsync/db/client';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { readTx } from '@wedsync/service/transaction';
import { type SQL, sql } from 'drizzle-orm';
import { mergeValues } from '../model/merge-values.ts';
import { type CompiledWording, compileWording, fieldsOf } from '../model/wording.ts';
import { type MessageRow, requireMessage } from '../rows.ts';
import { plannedAudience } from './preflight-plan.ts';
import { loadRecipients } from './recipients.ts';
import { loadWeddingFrame } from './wedding-frame.ts';
import { type ChannelWordings, loadChannelWordings } from './wordings.ts';

type Row = {
  guest_id: GuestId;
  name: string;
  household_id: HouseholdId;
  household_name: string;
  cipher: Uint8Array | null;
  wrapped: Uint8Array | null;
  language: string | null;
  state: PreflightRecipient['state'];
  reason: PreflightRecipient['reason'];
  carried_by: string | null;
  companions: GuestId[];
  missing: MergeFieldName[];
};

const shown: Readonly<Record<'all' | 'sends' | 'skips' | 'missing', SQL>> = {
  all: sql`true`,
  sends: sql`j.state = 'ready'`,
  skips: sql`j.state = 'skipped'`,
  missing: sql`cardinality(j.missing) > 0`,
};

const fullName = (alias: string) => {
  const g = sql.raw(alias);
  return sql`nullif(btrim(concat_ws(' ', ${g}.title, ${g}.first_name, ${g}.last_name)), '')`;
};

async function readRows(
  tx: Tx,
  message: MessageRow,
  page: { show: keyof typeof shown; after: GuestId | null; limit: number },
): Promise<Row[]> {
  const { weddingId } = message;
  const rows = await tx.execute<Row>(sql`
    with ${plannedAudience(message)}
    select j.guest_id, coalesce(${fullName('j')}, j.household_name) as name, j.household_id,
      j.household_name, j.address_cipher as cipher, k.wrapped, j.language, j.state, j.reason,
      (select coalesce(${fullName('c')}, c.household_name) from judged c
        where c.guest_id = j.carrier_id) as carried_by,
      array(select c.guest_id from plan c where c.carrier_id = j.guest_id) as companions, j.missing
    from judged j
    left join wedding.guest_keys k on k.wedding_id = ${weddingId} and k.guest_id = j.guest_id
    where ${shown[page.show]} and (${page.after}::uuid is null or j.guest_id > ${page.after}::uuid)
    order by j.guest_id limit ${page.limit + 1}`);
  return [...rows];
}

/** How many segments each guest's text takes; empty where the channel is no text message. */
async function segmentsOf(
  tx: Tx,
  { weddingId, channel }: MessageRow,
  { rows, wordings }: { rows: readonly Row[]; wordings: ChannelWordings },
): Promise<Map<GuestId, number>> {
  const counted = new Map<GuestId, number>();
  if (channel !== 'sms') return counted;
  const { wedding } = await loadWeddingFrame(tx, weddingId);
  const sending = rows.filter(({ state }) => state === 'ready');
  const recipients = await loadRecipients(
    tx,
    weddingId,
    sending.map((row) => ({ guestId: row.guest_id, companionIds: row.companions })),
  );
  const compiled = new Map<string, CompiledWording>();
  for (const { guest_id: guestId, language } of sending) {
    const wording = wordings.of(language ?? wedding.locale);
    const recipient = recipients.get(guestId);
    if (!wording || !recipient) continue;
    const ready = compiled.get(wording.language) ?? compileWording(wording);
    compiled.set(wording.language, ready);
    // As long as a real link.
    const rsvpLink = `https://example.com/r/${'x'.repeat(22)}`;
    const fields = mergeValues(
      { ...wedding, locale: wording.language },
      { ...recipient, rsvpLink },
    );
    counted.set(guestId, countSmsSegments(ready.render(fields).body).segments);
  }
  return counted;
}

/**
 * Everybody whom a message would concern if it left now, one by one: where it goes, or why it does not,
 * and which of the merge fields it uses are empty for them.
 * @throws DomainError `not-found`
 */
export async function listPreflightRecipients(
  ctx: ServiceContext,
  input: ListPreflightRecipients,
): Promise<Page<PreflightRecipient>> {
  const { id, show, cursor, limit } = parseInput(ListPreflightRecipients, input);
  requirePermission(ctx, 'communications.read');
  const after = cursor === undefined ? null : parseInput(GuestId, cursor);
  const weddingId = requireWedding(ctx);
  return readTx(ctx, async (tx) => {
    const message = await requireMessage(tx, ctx, id);
    const { channel, defaultLanguage } = message;
    const wordings = await loadChannelWordings(tx, { weddingId, messageId: id, channel });
    const used = new Set(wordings.all.flatMap(fieldsOf));
    const found = await readRows(tx, message, { show, after, limit });
    const rows = found.slice(0, limit);
    const keys = await ctx.keyRing.forWedding(
      tx,
      weddingId,
      rows.map(({ wrapped }) => wrapped),
    );
    const segments = await segmentsOf(tx, message, { rows, wordings });
    const field = channel === 'sms' ? 'phone' : 'email';
    const items = rows.map((row): PreflightRecipient => {
      const { guest_id: guestId, cipher, wrapped } = row;
      const isOpen = channel !== 'notice' && cipher !== null && wrapped !== null;
      return {
        guestId,
        name: row.name,
        householdId: row.household_id,
        householdName: row.household_name,
        address: isOpen ? keys.openContact(cipher, wrapped, { guestId, field }) : null,
        language: wordings.of(row.language)?.language ?? defaultLanguage,
        state: row.state,
        reason: row.reason,
        carriedBy: row.carried_by,
        missingFields: row.missing.filter((name) => used.has(name)),
        segments: segments.get(guestId) ?? null,
      };
    });
    const last = items.at(-1);
    return { items, nextCursor: found.length > limit && last ? last.guestId : null };
  });
}
