import { RemoveTemplate } from '@wedsync/contracts/communications';
import { messageTemplates } from '@wedsync/db/schema/communications';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { notFound, staleVersion } from '@wedsync/service/stale';
import { writeTx } from '@wedsync/service/transaction';
import { and, eq } from 'drizzle-orm';
import { toTemplate } from './rows.ts';

/**
 * Removes a template; messages made from it stay as they are.
 * @throws DomainError `conflict` `service.stale-version` with the current template
 */
export async function removeTemplate(ctx: ServiceContext, input: RemoveTemplate): Promise<void> {
  const { id, version } = parseInput(RemoveTemplate, input);
  requirePermission(ctx, 'communications.update');
  await writeTx(ctx, async ({ tx, audit, change }) => {
    const itself = and(
      eq(messageTemplates.weddingId, requireWedding(ctx)),
      eq(messageTemplates.id, id),
    );
    const [current] = await tx.select().from(messageTemplates).where(itself).for('update');
    if (!current) throw notFound('template');
    if (current.version !== version) throw staleVersion(toTemplate(current), 'template');
    await tx.delete(messageTemplates).where(itself);
    const { name, kind, subject, body } = current;
    await audit({
      action: 'communications.remove-template',
      entity: 'message_template',
      entityId: id,
      before: { name, kind, subject, body },
    });
    await change({ entity: 'message_template', entityId: id, kind: 'removed' });
  });
}
