import type { GuestId } from '@wedsync/contracts/ids';
import {
  type ConsentRecord,
  type ConsentText,
  type GuestConsents,
  ListConsents,
} from '@wedsync/contracts/privacy';
import type { Tx } from '@wedsync/db/client';
import { isoMoment } from '@wedsync/db/sql-values';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { readTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';
import { consentTexts } from '../model/consent-texts.ts';
import { readConsentStates } from '../record-consent.ts';

type LedgerRow = Pick<ConsentRecord, keyof ConsentRecord>;

/** The ledger of one guest, newest first. */
export async function readConsents(
  tx: Tx,
  { weddingId, guestId }: { weddingId: string; guestId: GuestId },
): Promise<ConsentRecord[]> {
  const rows = await tx.execute<LedgerRow>(sql`
    select c.id, c.guest_id as "guestId", c.channel, c.purpose, c.status, c.how,
      c.text_version as "textVersion", encode(c.text_hash, 'hex') as "textHash", c.proof,
      c.recorded_by_kind as "recordedByKind",
      case when c.recorded_by_kind = 'user' then c.recorded_by end as "recordedBy",
      u.name as "recordedByName", c.at
    from wedding.consents c
    left join auth.users u on u.id = c.recorded_by and c.recorded_by_kind = 'user'
    where c.wedding_id = ${weddingId} and c.guest_id = ${guestId}
    order by c.at desc, c.id desc`);
  return rows.map((row) => ({ ...row, at: isoMoment(row.at) }));
}

/** What a guest agreed to and took back, and what holds now. */
export async function listConsents(
  ctx: ServiceContext,
  input: ListConsents,
): Promise<GuestConsents> {
  const { guestId } = parseInput(ListConsents, input);
  requirePermission(ctx, 'privacy.read');
  const where = { weddingId: requireWedding(ctx), guestId };
  return readTx(ctx, async (tx) => ({
    states: await readConsentStates(tx, where),
    records: await readConsents(tx, where),
  }));
}

/** The wordings that ask for consent, in every language. */
export function listConsentTexts(ctx: ServiceContext): readonly ConsentText[] {
  requirePermission(ctx, 'privacy.read');
  return consentTexts;
}
