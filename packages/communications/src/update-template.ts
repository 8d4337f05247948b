import {
  type MessageTemplate,
  RestoreTemplateVersion,
  UpdateTemplate,
  type Wording,
} from '@wedsync/contracts/communications-templates';
import type { TemplateId } from '@wedsync/contracts/ids';
import { messageTemplates } from '@wedsync/db/schema/communications';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { notFound, staleVersion } from '@wedsync/service/stale';
import { readTx, writeTx } from '@wedsync/service/transaction';
import { and, eq, sql } from 'drizzle-orm';
import { compileWordings } from './compile-wordings.ts';
import { loadTemplate, loadTemplateVersion, lockTemplate } from './queries/templates.ts';
import { authorOf, fileTemplateVersion, historyOfTemplate } from './template-versions.ts';

interface Saved {
  id: TemplateId;
  /** The version that was changed. */
  version: number;
  name: string;
  kind: MessageTemplate['kind'];
  defaultLanguage: string;
  wordings: readonly Wording[];
}

async function saveVersion(
  ctx: ServiceContext,
  action: string,
  { id, version, wordings, ...fields }: Saved,
): Promise<MessageTemplate> {
  const compiled = await compileWordings(wordings);
  return writeTx(ctx, async ({ tx, audit, change }) => {
    const ref = { weddingId: requireWedding(ctx), id };
    const current = await lockTemplate(tx, ref);
    if (current.version !== version) throw staleVersion(current, 'template');
    const [row] = await tx
      .update(messageTemplates)
      // The trigger counts the version; the time moves although name and kind may stay as they are.
      .set({ name: fields.name, kind: fields.kind, updatedAt: sql`now()` })
      .where(and(eq(messageTemplates.weddingId, ref.weddingId), eq(messageTemplates.id, id)))
      .returning({ version: messageTemplates.version });
    if (!row) throw notFound('template');
    const createdBy = authorOf(ctx.actor);
    await fileTemplateVersion(
      tx,
      { weddingId: ref.weddingId, templateId: id, version: row.version, ...fields, createdBy },
      compiled,
    );
    await audit({
      action,
      entity: 'message_template',
      entityId: id,
      before: historyOfTemplate(current),
      after: historyOfTemplate({ ...fields, wordings, version: row.version }),
    });
    await change({ entity: 'message_template', entityId: id, kind: 'updated' });
    return loadTemplate(tx, ref);
  });
}

/**
 * Saves a template as a new version; the older ones and the messages made from them stay as they are.
 * @throws DomainError `invalid` `communications.wording`
 * @throws DomainError `conflict` `service.stale-version` with the current template
 */
export async function updateTemplate(
  ctx: ServiceContext,
  input: UpdateTemplate,
): Promise<MessageTemplate> {
  const saved = parseInput(UpdateTemplate, input);
  requirePermission(ctx, 'communications.update');
  return saveVersion(ctx, 'communications.update-template', saved);
}

/**
 * Saves what an older version said as the newest one. The name stays as it is: it says which template
 * this is, and another one may have the older name by now.
 * @throws DomainError `not-found` where the template never had that version
 * @throws DomainError `conflict` `service.stale-version` with the current template
 */
export async function restoreTemplateVersion(
  ctx: ServiceContext,
  input: RestoreTemplateVersion,
): Promise<MessageTemplate> {
  const { id, version, restore } = parseInput(RestoreTemplateVersion, input);
  requirePermission(ctx, 'communications.update');
  const ref = { weddingId: requireWedding(ctx), id };
  const { current, older } = await readTx(ctx, async (tx) => ({
    current: await loadTemplate(tx, ref),
    older: await loadTemplateVersion(tx, { ...ref, version: restore }),
  }));
  if (!older) throw notFound('version of the template');
  const { kind, defaultLanguage, wordings } = older;
  return saveVersion(ctx, 'communications.restore-template-version', {
    ...{ id, version, kind, defaultLanguage, wordings },
    name: current.name,
  });
}
