import { newId, TemplateId } from '@wedsync/contracts/ids';
import { messageTemplates } from '@wedsync/db/schema/communications';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { requirePermission } from '@wedsync/service/permission';
import { writeTx } from '@wedsync/service/transaction';
import { defaultTemplates } from './model/default-templates.ts';

/**
 * Gives the wedding the templates that it does not have yet, by name; run it as often as you like.
 * @returns how many were added
 */
export async function addDefaultTemplates(ctx: ServiceContext): Promise<{ added: number }> {
  requirePermission(ctx, 'communications.update', { allow: ['system'] });
  return writeTx(ctx, async ({ tx, audit, change }) => {
    const weddingId = requireWedding(ctx);
    const rows = await tx
      .insert(messageTemplates)
      .values(defaultTemplates.map((fields) => ({ ...fields, weddingId, id: newId(TemplateId) })))
      .onConflictDoNothing()
      .returning({ name: messageTemplates.name });
    if (rows.length === 0) return { added: 0 };
    await audit({
      action: 'communications.add-default-templates',
      entity: 'message_template',
      after: { names: rows.map(({ name }) => name) },
    });
    await change({ entity: 'message_template', kind: 'bulk' });
    return { added: rows.length };
  });
}
