import { RemoveTemplate } from '@wedsync/contracts/communications-templates';
import { messageTemplates } from '@wedsync/db/schema/communications';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { staleVersion } from '@wedsync/service/stale';
import { writeTx } from '@wedsync/service/transaction';
import { and, eq } from 'drizzle-orm';
import { lockTemplate } from './queries/templates.ts';
import { historyOfTemplate } from './template-versions.ts';

/**
 * Removes a template with its versions; messages made from it keep their wording.
 * @throws DomainError `conflict` `service.stale-version` with the current template
 */
export async function removeTemplate(ctx: ServiceContext, input: RemoveTemplate): Promise<void> {
  const { id, version } = parseInput(RemoveTemplate, input);
  requirePermission(ctx, 'communications.update');
  await writeTx(ctx, async ({ tx, audit, change }) => {
    const weddingId = requireWedding(ctx);
    const current = await lockTemplate(tx, { weddingId, id });
    if (current.version !== version) throw staleVersion(current, 'template');
    await tx
      .delete(messageTemplates)
      .where(and(eq(messageTemplates.weddingId, weddingId), eq(messageTemplates.id, id)));
    await audit({
      action: 'communications.remove-template',
      entity: 'message_template',
      entityId: id,
      before: historyOfTemplate(current),
    });
    await change({ entity: 'message_template', entityId: id, kind: 'removed' });
  });
}
