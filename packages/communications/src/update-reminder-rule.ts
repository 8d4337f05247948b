import {
  CreateReminderRule,
  type ReminderRule,
  RemoveReminderRule,
  UpdateReminderRule,
} from '@wedsync/contracts/communications-control';
import type { MessageChannel } from '@wedsync/contracts/communications-templates';
import { DomainError } from '@wedsync/contracts/errors';
import { newId, ReminderRuleId, type TemplateId } from '@wedsync/contracts/ids';
import type { Tx } from '@wedsync/db/client';
import { reminderRules } from '@wedsync/db/schema/communications';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { notFound, staleVersion } from '@wedsync/service/stale';
import { writeTx } from '@wedsync/service/transaction';
import { and, eq } from 'drizzle-orm';
import { describeRule, lockRule } from './queries/reminder-rules.ts';
import { loadTemplate } from './queries/templates.ts';

const rulesMax = 100;

async function requireWorded(
  tx: Tx,
  ctx: ServiceContext,
  { templateId, channel }: { templateId: TemplateId; channel: MessageChannel },
): Promise<void> {
  const template = await loadTemplate(tx, { weddingId: requireWedding(ctx), id: templateId });
  if (template.wordings.some((wording) => wording.channel === channel)) return;
  throw new DomainError(
    'precondition',
    'communications.no-wording',
    'The template has no text for this channel. Write one, or choose another channel.',
  );
}

/**
 * Adds a rule that writes its message by itself, once for each date that it is counted from. What
 * would have come due before now is not made up for.
 * @throws DomainError `conflict` `communications.rule-name-taken`
 * @throws DomainError `precondition` `communications.no-wording`
 */
export async function createReminderRule(
  ctx: ServiceContext,
  input: CreateReminderRule,
): Promise<ReminderRule> {
  const { time, ...fields } = parseInput(CreateReminderRule, input);
  requirePermission(ctx, 'communications.send');
  const weddingId = requireWedding(ctx);
  return writeTx(ctx, async ({ tx, audit, change }) => {
    await requireWorded(tx, ctx, fields);
    const existing = await tx.$count(reminderRules, eq(reminderRules.weddingId, weddingId));
    if (existing >= rulesMax) {
      const message = `A wedding can have ${rulesMax} rules. Remove one that is no longer needed.`;
      throw new DomainError('limit', 'communications.too-many-rules', message);
    }
    const id = newId(ReminderRuleId);
    const armedAt = ctx.clock.now();
    const [row] = await tx
      .insert(reminderRules)
      .values({ ...fields, weddingId, id, atTime: time, armedAt })
      .returning();
    if (!row) throw new Error('insert returned no row');
    await audit({
      action: 'communications.create-reminder-rule',
      entity: 'reminder_rule',
      entityId: id,
      after: { ...fields, time },
    });
    await change({ entity: 'reminder_rule', entityId: id, kind: 'created' });
    return describeRule(tx, row, armedAt);
  });
}

/**
 * Changes a rule, pauses it or lets it go on.
 * @throws DomainError `conflict` `service.stale-version` with the current rule
 */
export async function updateReminderRule(
  ctx: ServiceContext,
  input: UpdateReminderRule,
): Promise<ReminderRule> {
  const { id, version, time, ...fields } = parseInput(UpdateReminderRule, input);
  requirePermission(ctx, 'communications.send');
  const weddingId = requireWedding(ctx);
  return writeTx(ctx, async ({ tx, audit, change }) => {
    const current = await lockRule(tx, { weddingId, id });
    const now = ctx.clock.now();
    const before = await describeRule(tx, current, now);
    if (current.version !== version) throw staleVersion(before, 'rule');
    await requireWorded(tx, ctx, fields);
    const [row] = await tx
      .update(reminderRules)
      .set({ ...fields, atTime: time, armedAt: now })
      .where(and(eq(reminderRules.weddingId, weddingId), eq(reminderRules.id, id)))
      .returning();
    if (!row) throw notFound('rule');
    const { occurrences: _, nextAt: __, ...old } = before;
    await audit({
      action: 'communications.update-reminder-rule',
      entity: 'reminder_rule',
      entityId: id,
      before: old,
      after: { ...fields, time },
    });
    await change({ entity: 'reminder_rule', entityId: id, kind: 'updated' });
    return describeRule(tx, row, now);
  });
}

/**
 * Removes a rule; the messages it wrote stay.
 * @throws DomainError `conflict` `service.stale-version` with the current rule
 */
export async function removeReminderRule(
  ctx: ServiceContext,
  input: RemoveReminderRule,
): Promise<void> {
  const { id, version } = parseInput(RemoveReminderRule, input);
  requirePermission(ctx, 'communications.send');
  const weddingId = requireWedding(ctx);
  await writeTx(ctx, async ({ tx, audit, change }) => {
    const current = await lockRule(tx, { weddingId, id });
    const before = await describeRule(tx, current, ctx.clock.now());
    if (current.version !== version) throw staleVersion(before, 'rule');
    await tx
      .delete(reminderRules)
      .where(and(eq(reminderRules.weddingId, weddingId), eq(reminderRules.id, id)));
    await audit({
      action: 'communications.remove-reminder-rule',
      entity: 'reminder_rule',
      entityId: id,
      before: { name: before.name },
    });
    await change({ entity: 'reminder_rule', entityId: id, kind: 'removed' });
  });
}
