import type { ReminderRule } from '@wedsync/contracts/communications-control';
import type { ReminderRuleId, WeddingId } from '@wedsync/contracts/ids';
import type { Tx } from '@wedsync/db/client';
import { reminderRules } from '@wedsync/db/schema/communications';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { requirePermission } from '@wedsync/service/permission';
import { notFound } from '@wedsync/service/stale';
import { readTx } from '@wedsync/service/transaction';
import { and, asc, eq, sql } from 'drizzle-orm';
import { occurrenceOf } from '../model/reminder-occurrence.ts';
import { loadWeddingDates } from './wedding-dates.ts';

type RuleRow = typeof reminderRules.$inferSelect;
type OccurrenceRow = ReminderRule['occurrences'][number] & { ruleId: ReminderRuleId };

const occurrencesMax = 20;

async function occurrencesOf(tx: Tx, weddingId: WeddingId): Promise<OccurrenceRow[]> {
  const rows = await tx.execute<OccurrenceRow & Record<string, unknown>>(sql`
    select o.rule_id as "ruleId", o.rule_occurrence::text as day, o.message_id as "messageId", m.state
    from wedding.message_occurrences o
    left join wedding.messages m on m.wedding_id = o.wedding_id and m.id = o.message_id
    where o.wedding_id = ${weddingId}
    order by o.rule_occurrence desc`);
  return [...rows];
}

/** Rules as the screens know them: with when they write next and what they wrote. */
export async function describeRules(
  tx: Tx,
  weddingId: WeddingId,
  { rows, now }: { rows: readonly RuleRow[]; now: Date },
): Promise<ReminderRule[]> {
  const dates = await loadWeddingDates(tx, weddingId);
  const all = await occurrencesOf(tx, weddingId);
  return rows.map((row) => {
    const { id, name, templateId, channel, anchor, eventId, days } = row;
    const { audience, onlyUnanswered, paused, version } = row;
    const occurrences = all
      .filter(({ ruleId }) => ruleId === id)
      .slice(0, occurrencesMax)
      .map(({ day, messageId, state }) => ({ day, messageId, state }));
    const next = occurrenceOf(row, dates);
    const isAhead = next !== null && next.at > now && !paused;
    return {
      ...{ id, name, templateId, channel, anchor, eventId, days },
      ...{ audience, onlyUnanswered, paused, version },
      time: row.atTime.slice(0, 5),
      nextAt: isAhead ? next.at.toISOString() : null,
      occurrences,
    };
  });
}

/** A rule as the screens know it. */
export async function describeRule(tx: Tx, row: RuleRow, now: Date): Promise<ReminderRule> {
  const [rule] = await describeRules(tx, row.weddingId, { rows: [row], now });
  if (!rule) throw notFound('rule');
  return rule;
}

/**
 * The rule, which nobody else changes or carries out until this transaction ends.
 * @throws DomainError `not-found`
 */
export async function lockRule(
  tx: Tx,
  { weddingId, id }: { weddingId: WeddingId; id: ReminderRuleId },
): Promise<RuleRow> {
  const [row] = await tx
    .select()
    .from(reminderRules)
    .where(and(eq(reminderRules.weddingId, weddingId), eq(reminderRules.id, id)))
    .for('update');
  if (!row) throw notFound('rule');
  return row;
}

/** The reminder rules of the wedding, by name. */
export async function listReminderRules(ctx: ServiceContext): Promise<ReminderRule[]> {
  requirePermission(ctx, 'communications.read');
  const weddingId = requireWedding(ctx);
  return readTx(ctx, async (tx) => {
    const rows = await tx
      .select()
      .from(reminderRules)
      .where(eq(reminderRules.weddingId, weddingId))
      .orderBy(asc(sql`lower(${reminderRules.name})`))
      .limit(200);
    return describeRules(tx, weddingId, { rows, now: ctx.clock.now() });
  });
}
