import { AddDefaultTemplates } from '@wedsync/contracts/communications-templates';
import { newId, TemplateId } from '@wedsync/contracts/ids';
import { messageTemplates } from '@wedsync/db/schema/communications';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { writeTx } from '@wedsync/service/transaction';
import { defaultTemplates } from './model/default-templates.ts';
import { loadWeddingFrame } from './queries/wedding-frame.ts';
import { authorOf, fileTemplateVersion } from './template-versions.ts';

/**
 * Gives the wedding the templates that it does not have yet, by name; run it as often as you like.
 * @returns how many were added
 */
export async function addDefaultTemplates(
  ctx: ServiceContext,
  input: AddDefaultTemplates = {},
): Promise<{ added: number }> {
  const { languages } = parseInput(AddDefaultTemplates, input);
  requirePermission(ctx, 'communications.update', { allow: ['system'] });
  return writeTx(ctx, async ({ tx, audit, change }) => {
    const weddingId = requireWedding(ctx);
    const { wedding } = await loadWeddingFrame(tx, weddingId);
    const createdBy = authorOf(ctx.actor);
    const names: string[] = [];
    for (const template of defaultTemplates(wedding.locale, languages)) {
      const { name, kind, defaultLanguage, wordings } = template;
      const id = newId(TemplateId);
      const [row] = await tx
        .insert(messageTemplates)
        .values({ weddingId, id, name, kind })
        .onConflictDoNothing()
        .returning({ version: messageTemplates.version });
      if (!row) continue;
      names.push(name);
      await fileTemplateVersion(
        tx,
        { weddingId, templateId: id, version: row.version, name, kind, defaultLanguage, createdBy },
        wordings.map((wording) => ({ ...wording, html: null, plainText: null })),
      );
    }
    if (names.length === 0) return { added: 0 };
    await audit({
      action: 'communications.add-default-templates',
      entity: 'message_template',
      after: { names },
    });
    await change({ entity: 'message_template', kind: 'bulk' });
    return { added: names.length };
  });
}
