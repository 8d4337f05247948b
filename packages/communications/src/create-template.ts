import { CreateTemplate, type MessageTemplate } from '@wedsync/contracts/communications';
import { newId, TemplateId } from '@wedsync/contracts/ids';
import { messageTemplates } from '@wedsync/db/schema/communications';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { writeTx } from '@wedsync/service/transaction';
import { checkWording } from './model/wording.ts';
import { toTemplate } from './rows.ts';

/**
 * Adds a template.
 * @throws DomainError `invalid` `communications.wording` for an unknown merge field, with its line
 * @throws DomainError `conflict` `communications.template-name-taken`
 */
export async function createTemplate(
  ctx: ServiceContext,
  input: CreateTemplate,
): Promise<MessageTemplate> {
  const fields = parseInput(CreateTemplate, input);
  requirePermission(ctx, 'communications.update');
  checkWording(fields);
  return writeTx(ctx, async ({ tx, audit, change }) => {
    const id = newId(TemplateId);
    const [row] = await tx
      .insert(messageTemplates)
      .values({ ...fields, weddingId: requireWedding(ctx), id })
      .returning();
    if (!row) throw new Error('insert returned no row');
    await audit({
      action: 'communications.create-template',
      entity: 'message_template',
      entityId: id,
      after: { name: fields.name, kind: fields.kind },
    });
    await change({ entity: 'message_template', entityId: id, kind: 'created' });
    return toTemplate(row);
  });
}
