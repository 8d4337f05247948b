import type { MessageId, OrgId, ReminderRuleId, WeddingId } from '@wedsync/contracts/ids';
import type { Tx } from '@wedsync/db/client';
import {
  reminderRules,
  templateVersions,
  templateWordings,
} from '@wedsync/db/schema/communications';
import type { JobContext } from '@wedsync/queue/handler';
import type { ServiceContext } from '@wedsync/service/context';
import { type WriteScope, writeTx } from '@wedsync/service/transaction';
import { and, desc, eq, sql } from 'drizzle-orm';
import type { StoredWording } from './compile-wordings.ts';
import {
  isDue,
  type Occurrence,
  occurrenceOf,
  reminderLateMs,
} from './model/reminder-occurrence.ts';
import { moveMessage } from './move-message.ts';
import { lockRule } from './queries/reminder-rules.ts';
import { loadWeddingDates } from './queries/wedding-dates.ts';
import { writeMessage } from './write-message.ts';

const rulesMax = 500;

type RuleRow = typeof reminderRules.$inferSelect;
type FoundRow = { org_id: OrgId; wedding_id: WeddingId; rule_id: ReminderRuleId };

/** What the newest version of the rule's template says on the rule's channel. */
async function templateOf(tx: Tx, { weddingId, templateId, channel }: RuleRow) {
  const [version] = await tx
    .select()
    .from(templateVersions)
    .where(
      and(eq(templateVersions.weddingId, weddingId), eq(templateVersions.templateId, templateId)),
    )
    .orderBy(desc(templateVersions.version))
    .limit(1);
  if (!version) return undefined;
  const wordings: StoredWording[] = await tx
    .select({
      channel: templateWordings.channel,
      language: templateWordings.language,
      format: templateWordings.format,
      subject: templateWordings.subject,
      body: templateWordings.body,
      html: templateWordings.html,
      plainText: templateWordings.plainText,
    })
    .from(templateWordings)
    .where(
      and(
        eq(templateWordings.weddingId, weddingId),
        eq(templateWordings.templateId, templateId),
        eq(templateWordings.version, version.version),
        eq(templateWordings.channel, channel),
      ),
    );
  return wordings.length > 0 ? { version, wordings } : undefined;
}

/** A rule that cannot write its message stands still, visibly, until somebody looks at it. */
async function pauseRule(scope: WriteScope, { weddingId, id }: RuleRow): Promise<void> {
  await scope.tx
    .update(reminderRules)
    .set({ paused: true })
    .where(and(eq(reminderRules.weddingId, weddingId), eq(reminderRules.id, id)));
  await scope.audit({
    action: 'communications.pause-reminder-rule',
    entity: 'reminder_rule',
    entityId: id,
    after: { paused: true, why: 'its template has no text for the channel' },
  });
  await scope.change({ entity: 'reminder_rule', entityId: id, kind: 'updated' });
}

async function writeReminder(
  ctx: ServiceContext,
  scope: WriteScope,
  { rule, occurrence }: { rule: RuleRow; occurrence: Occurrence },
): Promise<MessageId | undefined> {
  const template = await templateOf(scope.tx, rule);
  if (!template) {
    await pauseRule(scope, rule);
    return undefined;
  }
  const { version, wordings } = template;
  const answers = rule.onlyUnanswered ? (['none'] as const) : rule.audience.answers;
  const draft = await writeMessage(ctx, scope, {
    title: rule.name,
    kind: version.kind,
    channel: rule.channel,
    defaultLanguage: version.defaultLanguage,
    wordings,
    audience: { ...rule.audience, answers: [...answers] },
    templateId: rule.templateId,
    templateVersion: version.version,
    ruleId: rule.id,
    ruleOccurrence: occurrence.day,
  });
  // Scheduled for when it was due, not for now: what is late is then held like any other message.
  const schedule = { kind: 'at', at: occurrence.at.toISOString() } as const;
  const set = { schedule, sendAt: occurrence.at };
  const { entry } = await moveMessage(ctx, scope, { current: draft, move: 'schedule', set });
  await scope.audit({ ...entry, after: { ...set, ruleId: rule.id, day: occurrence.day } });
  return draft.id;
}

/**
 * Lets a rule write its message if its day has come. The rule's row is locked and the occurrence is a
 * unique key, so that the message is written once however many workers look at the rule.
 */
export async function sendReminder(
  ctx: ServiceContext,
  ref: { weddingId: WeddingId; id: ReminderRuleId },
): Promise<MessageId | undefined> {
  return writeTx(ctx, async (scope) => {
    const rule = await lockRule(scope.tx, ref);
    const occurrence = occurrenceOf(rule, await loadWeddingDates(scope.tx, ref.weddingId));
    if (rule.paused || !occurrence || !isDue(occurrence, rule.armedAt, ctx.clock.now())) {
      return undefined;
    }
    const [written] = await scope.tx.execute(sql`
      select 1 from wedding.message_occurrences
      where wedding_id = ${ref.weddingId} and rule_id = ${rule.id}
        and rule_occurrence = ${occurrence.day}::date`);
    return written ? undefined : writeReminder(ctx, scope, { rule, occurrence });
  });
}

/** Lets the rules whose day has come write their messages, over all weddings. */
export async function sendReminders(
  job: Pick<JobContext<ServiceContext>, 'serviceDb' | 'service' | 'log'>,
): Promise<void> {
  const found = await job.serviceDb.run('communications.sweep', (tx) =>
    tx.execute<FoundRow>(sql`
      select * from wedding.find_reminder_rules(
        ${reminderLateMs} * interval '1 ms', ${rulesMax})`),
  );
  for (const { org_id, wedding_id, rule_id } of found) {
    const ctx = job.service({ actorKind: 'system', orgId: org_id, weddingId: wedding_id });
    try {
      const messageId = await sendReminder(ctx, { weddingId: wedding_id, id: rule_id });
      if (messageId) job.log.info({ event: 'communications.reminder_written', rule_id, messageId });
    } catch (err) {
      // One rule must not keep the others waiting.
      job.log.error({ event: 'communications.reminder_failed', ruleId: rule_id, err });
    }
  }
}
