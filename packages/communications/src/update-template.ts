import { type MessageTemplate, UpdateTemplate } from '@wedsync/contracts/communications';
import { messageTemplates } from '@wedsync/db/schema/communications';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { notFound, staleVersion } from '@wedsync/service/stale';
import { writeTx } from '@wedsync/service/transaction';
import { and, eq } from 'drizzle-orm';
import { checkWording } from './model/wording.ts';
import { toTemplate } from './rows.ts';

/**
 * Changes a template; messages made from it keep their own wording.
 * @throws DomainError `invalid` `communications.wording`
 * @throws DomainError `conflict` `service.stale-version` with the current template
 */
export async function updateTemplate(
  ctx: ServiceContext,
  input: UpdateTemplate,
): Promise<MessageTemplate> {
  const { id, version, ...fields } = parseInput(UpdateTemplate, input);
  requirePermission(ctx, 'communications.update');
  checkWording(fields);
  return writeTx(ctx, async ({ tx, audit, change }) => {
    const itself = and(
      eq(messageTemplates.weddingId, requireWedding(ctx)),
      eq(messageTemplates.id, id),
    );
    const [current] = await tx.select().from(messageTemplates).where(itself).for('update');
    if (!current) throw notFound('template');
    if (current.version !== version) throw staleVersion(toTemplate(current), 'template');
    const [row] = await tx.update(messageTemplates).set(fields).where(itself).returning();
    if (!row) throw notFound('template');
    const { name, kind, subject, body } = current;
    await audit({
      action: 'communications.update-template',
      entity: 'message_template',
      entityId: id,
      before: { name, kind, subject, body },
      after: fields,
    });
    await change({ entity: 'message_template', entityId: id, kind: 'updated' });
    return toTemplate(row);
  });
}
