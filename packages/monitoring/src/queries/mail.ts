import { DomainError } from '@wedsync/contracts/errors';
import {
  ListMails,
  type MailDetail,
  MailInput,
  type MailPage,
} from '@wedsync/contracts/monitoring';
import type { MailClient } from '@wedsync/platform/embedded/mail-client';
import { parseInput } from '@wedsync/service/parse';
import { requireOperator } from '@wedsync/service/permission';
import { notFound } from '@wedsync/service/stale';
import type { MonitoringContext } from '../ports.ts';

/** @throws DomainError precondition where mail leaves through a real relay */
export function requireCatcher(ctx: MonitoringContext): MailClient {
  const { mail } = ctx.monitoring;
  if (mail) return mail;
  throw new DomainError(
    'precondition',
    'monitoring.no-mail-catcher',
    'Mail leaves through a real relay here, so none is caught. Unset SMTP_URL to catch it.',
  );
}

/** Caught mails, newest first; the search looks at sender, recipients and subject. */
export async function listMails(ctx: MonitoringContext, input: ListMails): Promise<MailPage> {
  requireOperator(ctx);
  const { search, cursor, limit } = parseInput(ListMails, input);
  const { mail } = ctx.monitoring;
  if (!mail) return { kind: 'relay' };
  const page = await mail.list({ search, limit, ...(cursor ? { after: cursor } : {}) });
  return {
    kind: 'caught',
    items: page.items.map(({ id, ...summary }) => ({ mailId: id, ...summary })),
    total: page.total,
    nextCursor: page.next ?? null,
  };
}

/** One mail, taken apart. */
export async function getMail(ctx: MonitoringContext, input: MailInput): Promise<MailDetail> {
  requireOperator(ctx);
  const { mailId } = parseInput(MailInput, input);
  const found = await requireCatcher(ctx).get(mailId);
  if (!found) throw notFound('mail');
  const { id, attachments, ...detail } = found;
  return {
    ...detail,
    mailId: id,
    attachments: attachments.map(({ filename, mimeType }) => ({
      name: filename ?? 'unnamed',
      mimeType,
    })),
  };
}

/** One mail exactly as it came over SMTP. */
export async function getRawMail(
  ctx: MonitoringContext,
  input: MailInput,
): Promise<{ source: string }> {
  requireOperator(ctx);
  const { mailId } = parseInput(MailInput, input);
  const source = await requireCatcher(ctx).raw(mailId);
  if (source === undefined) throw notFound('mail');
  return { source };
}
