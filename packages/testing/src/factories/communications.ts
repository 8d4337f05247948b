import {
  Audience,
  type CheckAudience,
  type MessageLane,
  type MessageState,
} from '@wedsync/contracts/communications';
import type { MessageChannel, MessageKind } from '@wedsync/contracts/communications-templates';
import { MessageId, newId, ReminderRuleId, TemplateId } from '@wedsync/contracts/ids';
import type postgres from 'postgres';

export interface SeedMessageFields {
  weddingId: string;
  title?: string;
  kind?: MessageKind;
  subject?: string;
  body?: string;
  channel?: MessageChannel;
  lane?: MessageLane;
  audience?: CheckAudience['audience'];
  /** Only states that need no deliveries. */
  state?: Extract<MessageState, 'draft' | 'queued'>;
}

/** A message that has not been expanded, worded in English. */
export async function seedMessage(
  admin: postgres.Sql,
  fields: SeedMessageFields,
): Promise<MessageId> {
  const id = newId(MessageId);
  const state = fields.state ?? 'draft';
  const channel = fields.channel ?? 'email';
  const subject = channel === 'email' ? (fields.subject ?? '{{ names }}, you are invited') : '';
  await admin`
    insert into wedding.messages (wedding_id, id, kind, channel, lane, title, audience)
    values (${fields.weddingId}, ${id}, ${fields.kind ?? 'invitation'}, ${channel},
      ${fields.lane ?? 'bulk'}, ${fields.title ?? 'Invitation'},
      ${admin.json(Audience.parse(fields.audience ?? {}))})`;
  await admin`
    insert into wedding.message_wordings (wedding_id, message_id, channel, language, format, subject, body)
    values (${fields.weddingId}, ${id}, ${channel}, 'en', 'text', ${subject},
      ${fields.body ?? 'Dear {{ names }},\n\nplease come.\n\n{{ rsvp_link }}\n\n{{ couple_names }}'})`;
  // Only a draft can be worded.
  if (state !== 'draft') {
    await admin`
      update wedding.messages set state = ${state}, queued_at = ${new Date()}
      where wedding_id = ${fields.weddingId} and id = ${id}`;
  }
  return id;
}

/** A template of plain wording in English. */
export async function seedTemplate(
  admin: postgres.Sql,
  fields: { weddingId: string; name?: string; kind?: MessageKind },
): Promise<TemplateId> {
  const id = newId(TemplateId);
  const name = fields.name ?? 'Short note';
  const kind = fields.kind ?? 'other';
  await admin`
    insert into wedding.message_templates (wedding_id, id, kind, name)
    values (${fields.weddingId}, ${id}, ${kind}, ${name})`;
  await admin`
    insert into wedding.template_versions (wedding_id, template_id, version, kind, name, default_language)
    values (${fields.weddingId}, ${id}, 1, ${kind}, ${name}, 'en')`;
  await admin`
    insert into wedding.template_wordings
      (wedding_id, template_id, version, channel, language, format, subject, body)
    values (${fields.weddingId}, ${id}, 1, 'email', 'en', 'text', 'Hello {{ names }}',
      ${'Dear {{ names }},\n\nuntil soon.'})`;
  return id;
}

/** A rule that reminds a week before the last day to answer. */
export async function seedReminderRule(
  admin: postgres.Sql,
  fields: { weddingId: string; templateId: string; name?: string },
): Promise<ReminderRuleId> {
  const id = newId(ReminderRuleId);
  await admin`
    insert into wedding.reminder_rules (wedding_id, id, name, template_id, channel, anchor, days,
      at_time, audience, only_unanswered)
    values (${fields.weddingId}, ${id}, ${fields.name ?? 'Last call'}, ${fields.templateId}, 'email',
      'rsvp_deadline', -7, '10:00', ${admin.json(Audience.parse({}))}, true)`;
  return id;
}
