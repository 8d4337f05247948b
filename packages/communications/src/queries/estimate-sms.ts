import type { Audience } from '@wedsync/contracts/communications';
import { EstimateSms, type SmsEstimate, SmsPrice } from '@wedsync/contracts/communications-sms';
import type { GuestId, WeddingId } from '@wedsync/contracts/ids';
import { countSmsSegments } from '@wedsync/contracts/sms-segments';
import type { Tx } from '@wedsync/db/client';
import { jsonParameter } from '@wedsync/db/sql-values';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { readTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';
import { type MergeWedding, mergeValues } from '../model/merge-values.ts';
import { countryOfPhone, isOpenNow, zonesOfPhone } from '../model/quiet-hours.ts';
import { type CountedText, estimateCost } from '../model/sms/cost.ts';
import { findReplacements, replaceTypography } from '../model/sms/replacements.ts';
import { composeSms } from '../model/sms/sms-text.ts';
import { type CompiledWording, compileWording } from '../model/wording.ts';
import { type LoadedRecipient, loadRecipients } from './recipients.ts';
import { loadWeddingFrame } from './wedding-frame.ts';

/** What a guest who reads a language is sent. */
export interface EstimatedWording {
  compiled: CompiledWording;
  language: string;
}

export interface EstimateScope {
  audience: Audience;
  purpose: 'relationship' | 'commercial';
  wordingFor(language: string | null): EstimatedWording | undefined;
  /** As long as a real link: `https://…/r/` and the token. */
  sampleLink: string;
}

type PlanRow = {
  guest_id: GuestId;
  language: string | null;
  cipher: Uint8Array;
  wrapped: Uint8Array;
  companions: GuestId[];
  is_told: boolean;
};

/** Guests are worded this many at a time, so that a large audience does not fill the memory. */
const chunkSize = 1_000;

const readPlan = (tx: Tx, weddingId: WeddingId, { audience, purpose }: EstimateScope) =>
  tx.execute<PlanRow>(sql`
    with plan as materialized (
      select * from wedding.plan_audience(${weddingId}, ${jsonParameter(audience)}, 'sms', ${purpose})
    )
    select p.guest_id, p.language, p.address_cipher as cipher, k.wrapped,
      array(select c.guest_id from plan c where c.carrier_id = p.guest_id) as companions,
      t.told_at is not null as is_told
    from plan p
    join wedding.guest_keys k on k.wedding_id = ${weddingId} and k.guest_id = p.guest_id
    left join wedding.sms_threads t on t.wedding_id = ${weddingId} and t.phone_hash = p.address_hash
    where p.state = 'ready'
    order by p.place, p.guest_id`);

/** What one segment costs, by country. */
export async function readSmsPrices(tx: Tx): Promise<SmsPrice[]> {
  const rows = await tx.execute<{ country: string | null; micros: number; currency: string }>(sql`
    select nullif(country, '') as country, micros_per_segment::float8 as micros, currency
    from ops.sms_prices order by country`);
  return rows.map(({ country, micros, currency }) =>
    SmsPrice.parse({ country, microsPerSegment: micros, currency }),
  );
}

interface Reader {
  wedding: MergeWedding;
  zone: string;
  sampleLink: string;
}

function textFor(
  row: PlanRow,
  recipient: LoadedRecipient,
  { scope, reader }: { scope: EstimateScope; reader: Reader },
): string | undefined {
  const wording = scope.wordingFor(row.language ?? reader.wedding.locale);
  if (!wording) return undefined;
  const { compiled, language } = wording;
  const frame = { ...reader.wedding, locale: language };
  const fields = mergeValues(frame, { ...recipient, rsvpLink: reader.sampleLink });
  return composeSms({ body: compiled.render(fields).body, language, isFirst: !row.is_told });
}

/** What texting an audience takes: worded, counted and priced guest by guest. */
export async function estimateTexts(
  ctx: ServiceContext,
  tx: Tx,
  scope: EstimateScope,
): Promise<SmsEstimate> {
  const weddingId = requireWedding(ctx);
  const { wedding } = await loadWeddingFrame(tx, weddingId);
  const [place] = await tx.execute<{ zone: string }>(
    sql`select time_zone as zone from wedding.weddings where id = ${weddingId}`,
  );
  const reader = { wedding, zone: place?.zone ?? 'UTC', sampleLink: scope.sampleLink };
  const plan = await readPlan(tx, weddingId, scope);
  const keys = await ctx.keyRing.forWedding(
    tx,
    weddingId,
    plan.map(({ wrapped }) => wrapped),
  );
  const counted: CountedText[] = [];
  const now = ctx.clock.now();
  let waiting = 0;
  let example = '';
  for (let start = 0; start < plan.length; start += chunkSize) {
    const rows = plan.slice(start, start + chunkSize);
    const refs = rows.map((row) => ({ guestId: row.guest_id, companionIds: row.companions }));
    const recipients = await loadRecipients(tx, weddingId, refs);
    for (const row of rows) {
      const recipient = recipients.get(row.guest_id);
      const text = recipient && textFor(row, recipient, { scope, reader });
      if (text === undefined) continue;
      example ||= text;
      const place = { guestId: row.guest_id, field: 'phone' } as const;
      const phone = keys.openContact(row.cipher, row.wrapped, place);
      if (!isOpenNow(zonesOfPhone(phone, reader.zone), now)) waiting++;
      const country = countryOfPhone(phone);
      counted.push({ country, segments: countSmsSegments(text).segments });
    }
  }
  const { encoding, segments } = countSmsSegments(example);
  return {
    example,
    encoding,
    segments,
    segmentsMax: counted.reduce((most, text) => Math.max(most, text.segments), 0),
    recipients: counted.length,
    ...estimateCost(counted, await readSmsPrices(tx)),
    replacements: findReplacements(example),
    segmentsAfterReplacement: countSmsSegments(replaceTypography(example)).segments,
    waiting,
  };
}

/** As long as every RSVP link, with a token that opens nothing. */
export const sampleRsvpLink = (publicUrl: string) => `${publicUrl}/r/${'x'.repeat(22)}`;

/**
 * What this wording would take if it were texted to this audience now.
 * @throws DomainError `invalid` `communications.wording`
 */
export async function estimateSms(
  ctx: ServiceContext,
  input: EstimateSms,
  { publicUrl }: { publicUrl: string },
): Promise<SmsEstimate> {
  const { body, audience } = parseInput(EstimateSms, input);
  requirePermission(ctx, 'communications.read');
  const compiled = compileWording({ subject: '', body });
  return readTx(ctx, (tx) =>
    estimateTexts(ctx, tx, {
      audience,
      purpose: 'relationship',
      wordingFor: (language) => ({ compiled, language: language ?? 'en' }),
      sampleLink: sampleRsvpLink(publicUrl),
    }),
  );
}
