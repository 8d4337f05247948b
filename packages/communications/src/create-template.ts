import { CreateTemplate, type MessageTemplate } from '@wedsync/contracts/communications-templates';
import { newId, TemplateId } from '@wedsync/contracts/ids';
import { messageTemplates } from '@wedsync/db/schema/communications';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { writeTx } from '@wedsync/service/transaction';
import { compileWordings } from './compile-wordings.ts';
import { loadTemplate } from './queries/templates.ts';
import { authorOf, fileTemplateVersion, historyOfTemplate } from './template-versions.ts';

/**
 * Adds a template, in its first version.
 * @throws DomainError `invalid` `communications.wording` for what cannot be rendered, with its line
 * @throws DomainError `conflict` `communications.template-name-taken`
 */
export async function createTemplate(
  ctx: ServiceContext,
  input: CreateTemplate,
): Promise<MessageTemplate> {
  const { name, kind, defaultLanguage, wordings } = parseInput(CreateTemplate, input);
  requirePermission(ctx, 'communications.update');
  const compiled = await compileWordings(wordings);
  return writeTx(ctx, async ({ tx, audit, change }) => {
    const weddingId = requireWedding(ctx);
    const id = newId(TemplateId);
    await tx.insert(messageTemplates).values({ weddingId, id, name, kind });
    const createdBy = authorOf(ctx.actor);
    await fileTemplateVersion(
      tx,
      { weddingId, templateId: id, version: 1, name, kind, defaultLanguage, createdBy },
      compiled,
    );
    await audit({
      action: 'communications.create-template',
      entity: 'message_template',
      entityId: id,
      after: historyOfTemplate({ name, kind, version: 1, wordings }),
    });
    await change({ entity: 'message_template', entityId: id, kind: 'created' });
    return loadTemplate(tx, { weddingId, id });
  });
}
