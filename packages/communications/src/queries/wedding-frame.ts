import type { OrgId, WeddingId } from '@wedsync/contracts/ids';
import type { Tx } from '@wedsync/db/client';
import { notFound } from '@wedsync/service/stale';
import { sql } from 'drizzle-orm';
import type { MergeWedding } from '../model/merge-values.ts';

/** What all e-mails of a wedding share. */
export interface WeddingFrame {
  orgId: OrgId;
  wedding: MergeWedding;
  /** Company and postal address for the foot of the e-mail; empty for those who may not see it. */
  senderAddress: string;
  replyTo: string | null;
}

type FrameRow = {
  org_id: OrgId;
  title: string;
  partner_a_name: string;
  partner_b_name: string;
  date: string | null;
  venue: string;
  rsvp_deadline: string | null;
  locale: string;
  org_name: string | null;
  postal_address: string | null;
  reply_to_email: string | null;
};

/** @throws DomainError `not-found` */
export async function loadWeddingFrame(tx: Tx, weddingId: WeddingId): Promise<WeddingFrame> {
  const [row] = await tx.execute<FrameRow>(sql`
    select w.org_id, w.title, w.partner_a_name, w.partner_b_name, w.date, w.venue, w.rsvp_deadline,
      w.locale, o.name as org_name, o.postal_address, o.reply_to_email
    from wedding.weddings w left join wedding.organizations o on o.id = w.org_id
    where w.id = ${weddingId}`);
  if (!row) throw notFound('wedding');
  return {
    orgId: row.org_id,
    wedding: {
      title: row.title,
      partnerAName: row.partner_a_name,
      partnerBName: row.partner_b_name,
      date: row.date,
      venue: row.venue,
      rsvpDeadline: row.rsvp_deadline,
      locale: row.locale,
    },
    senderAddress: [row.org_name, row.postal_address].filter(Boolean).join('\n'),
    replyTo: row.reply_to_email,
  };
}
