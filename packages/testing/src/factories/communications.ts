import {
  Audience,
  type CheckAudience,
  type MessageKind,
  type MessageState,
} from '@wedsync/contracts/communications';
import { MessageId, newId, TemplateId } from '@wedsync/contracts/ids';
import type postgres from 'postgres';

export interface SeedMessageFields {
  weddingId: string;
  title?: string;
  kind?: MessageKind;
  subject?: string;
  body?: string;
  audience?: CheckAudience['audience'];
  /** Only states that need no deliveries. */
  state?: Extract<MessageState, 'draft' | 'queued'>;
}

/** A message that has not been expanded. */
export async function seedMessage(
  admin: postgres.Sql,
  fields: SeedMessageFields,
): Promise<MessageId> {
  const id = newId(MessageId);
  const state = fields.state ?? 'draft';
  await admin`
    insert into wedding.messages (wedding_id, id, kind, title, subject, body, audience, state, queued_at)
    values (${fields.weddingId}, ${id}, ${fields.kind ?? 'invitation'},
      ${fields.title ?? 'Invitation'}, ${fields.subject ?? '{{ names }}, you are invited'},
      ${fields.body ?? 'Dear {{ names }},\n\nplease come.\n\n{{ rsvp_link }}\n\n{{ couple_names }}'},
      ${admin.json(Audience.parse(fields.audience ?? {}))}, ${state},
      ${state === 'queued' ? new Date() : null})`;
  return id;
}

/** A template of plain wording. */
export async function seedTemplate(
  admin: postgres.Sql,
  fields: { weddingId: string; name?: string },
): Promise<TemplateId> {
  const id = newId(TemplateId);
  await admin`
    insert into wedding.message_templates (wedding_id, id, kind, name, subject, body)
    values (${fields.weddingId}, ${id}, 'other', ${fields.name ?? 'Short note'},
      'Hello {{ names }}', 'Dear {{ names }},\n\nuntil soon.')`;
  return id;
}
