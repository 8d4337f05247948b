import {
  GetTemplate,
  GetTemplateVersion,
  ListTemplateUses,
  ListTemplateVersions,
  type MessageTemplate,
  type TemplateUse,
  type TemplateVersion,
  type TemplateVersionSummary,
  type Wording,
} from '@wedsync/contracts/communications-templates';
import { MessageId, type TemplateId, type WeddingId } from '@wedsync/contracts/ids';
import type { Page } from '@wedsync/contracts/paging';
import type { Tx } from '@wedsync/db/client';
import { messageTemplates } from '@wedsync/db/schema/communications';
import { isoMoment, uuidArray } from '@wedsync/db/sql-values';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { notFound } from '@wedsync/service/stale';
import { readTx } from '@wedsync/service/transaction';
import { and, eq, type SQL, sql } from 'drizzle-orm';

export interface TemplateRef {
  weddingId: WeddingId;
  id: TemplateId;
}

/** The wordings of version `v` as a JSON array, channel by channel. */
const wordings = sql`(
  select coalesce(jsonb_agg(jsonb_build_object('channel', t.channel, 'language', t.language,
    'format', t.format, 'subject', t.subject, 'body', t.body) order by t.channel, t.language), '[]')
  from wedding.template_wordings t
  where t.wedding_id = v.wedding_id and t.template_id = v.template_id and t.version = v.version)`;

/** Messages made from template `v`, of one version or of any. */
const usedBy = (where: SQL) => sql`(
  select count(*)::int from wedding.messages m
  where m.wedding_id = v.wedding_id and m.template_id = v.template_id and ${where})`;

type TemplateRow = Omit<MessageTemplate, 'wordings'> & { wordings: Wording[] };

async function selectTemplates(tx: Tx, weddingId: WeddingId, ids?: readonly TemplateId[]) {
  const rows = await tx.execute<TemplateRow & Record<string, unknown>>(sql`
    select c.id, c.name, c.kind, v.default_language as "defaultLanguage", ${wordings} as wordings,
      c.version, ${usedBy(sql`true`)} as "usedBy", c.updated_at as "updatedAt"
    from wedding.message_templates c
    join wedding.template_versions v
      on v.wedding_id = c.wedding_id and v.template_id = c.id and v.version = c.version
    where c.wedding_id = ${weddingId} and ${ids ? sql`c.id = any (${uuidArray(ids)})` : sql`true`}
    order by lower(c.name), c.id`);
  return rows.map((row): MessageTemplate => ({ ...row, updatedAt: isoMoment(row.updatedAt) }));
}

/**
 * A template as it stands.
 * @throws DomainError `not-found`
 */
export async function loadTemplate(
  tx: Tx,
  { weddingId, id }: TemplateRef,
): Promise<MessageTemplate> {
  const [template] = await selectTemplates(tx, weddingId, [id]);
  if (!template) throw notFound('template');
  return template;
}

/** As `loadTemplate`, and nobody else saves it until this transaction ends. */
export async function lockTemplate(tx: Tx, ref: TemplateRef): Promise<MessageTemplate> {
  await tx
    .select({ id: messageTemplates.id })
    .from(messageTemplates)
    .where(and(eq(messageTemplates.weddingId, ref.weddingId), eq(messageTemplates.id, ref.id)))
    .for('update');
  return loadTemplate(tx, ref);
}

/** All templates of the wedding, by name. */
export async function listTemplates(ctx: ServiceContext): Promise<MessageTemplate[]> {
  requirePermission(ctx, 'communications.read');
  return readTx(ctx, (tx) => selectTemplates(tx, requireWedding(ctx)));
}

/** @throws DomainError `not-found` */
export async function getTemplate(
  ctx: ServiceContext,
  input: GetTemplate,
): Promise<MessageTemplate> {
  const { id } = parseInput(GetTemplate, input);
  requirePermission(ctx, 'communications.read');
  return readTx(ctx, (tx) => loadTemplate(tx, { weddingId: requireWedding(ctx), id }));
}

/**
 * Every save of a template, newest first.
 * @throws DomainError `not-found`
 */
export async function listTemplateVersions(
  ctx: ServiceContext,
  input: ListTemplateVersions,
): Promise<TemplateVersionSummary[]> {
  const { id } = parseInput(ListTemplateVersions, input);
  requirePermission(ctx, 'communications.read');
  const weddingId = requireWedding(ctx);
  const rows = await readTx(ctx, (tx) =>
    tx.execute<TemplateVersionSummary & Record<string, unknown>>(sql`
      select v.version, v.name, v.created_by as "createdBy", u.name as "createdByName",
        v.created_at as "createdAt", ${usedBy(sql`m.template_version = v.version`)} as "usedBy",
        (select coalesce(jsonb_agg(distinct t.language), '[]') from wedding.template_wordings t
          where t.wedding_id = v.wedding_id and t.template_id = v.template_id
            and t.version = v.version) as languages
      from wedding.template_versions v left join auth.users u on u.id = v.created_by
      where v.wedding_id = ${weddingId} and v.template_id = ${id}
      order by v.version desc limit 500`),
  );
  if (rows.length === 0) throw notFound('template');
  return rows.map((row) => ({ ...row, createdAt: isoMoment(row.createdAt) }));
}

/** What a version of a template said; undefined where there is none. */
export async function loadTemplateVersion(
  tx: Tx,
  { weddingId, id, version }: TemplateRef & { version: number },
): Promise<TemplateVersion | undefined> {
  const [row] = await tx.execute<TemplateVersion & Record<string, unknown>>(sql`
    select v.template_id as id, v.name, v.kind, v.default_language as "defaultLanguage",
      ${wordings} as wordings, v.version, v.created_at as "createdAt"
    from wedding.template_versions v
    where v.wedding_id = ${weddingId} and v.template_id = ${id} and v.version = ${version}`);
  return row && { ...row, createdAt: isoMoment(row.createdAt) };
}

/** @throws DomainError `not-found` */
export async function getTemplateVersion(
  ctx: ServiceContext,
  input: GetTemplateVersion,
): Promise<TemplateVersion> {
  const { id, version } = parseInput(GetTemplateVersion, input);
  requirePermission(ctx, 'communications.read');
  const ref = { weddingId: requireWedding(ctx), id, version };
  const found = await readTx(ctx, (tx) => loadTemplateVersion(tx, ref));
  if (!found) throw notFound('version of the template');
  return found;
}

/**
 * Messages that were made from a template, newest first.
 * @throws DomainError `not-found`
 */
export async function listTemplateUses(
  ctx: ServiceContext,
  input: ListTemplateUses,
): Promise<Page<TemplateUse>> {
  const { id, cursor, limit } = parseInput(ListTemplateUses, input);
  requirePermission(ctx, 'communications.read');
  const before = cursor === undefined ? null : parseInput(MessageId, cursor);
  const weddingId = requireWedding(ctx);
  const rows = await readTx(ctx, async (tx) => {
    const itself = and(eq(messageTemplates.weddingId, weddingId), eq(messageTemplates.id, id));
    if ((await tx.$count(messageTemplates, itself)) === 0) throw notFound('template');
    return tx.execute<TemplateUse & Record<string, unknown>>(sql`
      select m.id as "messageId", m.title, m.state, m.template_version as "templateVersion",
        m.created_at as "createdAt"
      from wedding.messages m
      where m.wedding_id = ${weddingId} and m.template_id = ${id}
        and (${before}::uuid is null or m.id < ${before}::uuid)
      order by m.id desc limit ${limit + 1}`);
  });
  const items = rows
    .slice(0, limit)
    .map((row) => ({ ...row, createdAt: isoMoment(row.createdAt) }));
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.messageId ?? null) : null };
}
