import { type MessageChecks, PreflightMessage } from '@wedsync/contracts/communications-control';
import type { MessageId, WeddingId } from '@wedsync/contracts/ids';
import type { Tx } from '@wedsync/db/client';
import { messageChecks } from '@wedsync/db/schema/communications';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { readTx } from '@wedsync/service/transaction';
import { and, eq } from 'drizzle-orm';
import { requireMessage } from '../rows.ts';

/** The newest look at a message; null where nobody has asked for one. */
export async function loadMessageChecks(
  tx: Tx,
  { weddingId, messageId }: { weddingId: WeddingId; messageId: MessageId },
): Promise<MessageChecks | null> {
  const [row] = await tx
    .select()
    .from(messageChecks)
    .where(and(eq(messageChecks.weddingId, weddingId), eq(messageChecks.messageId, messageId)));
  if (!row) return null;
  const { state, links, authentication } = row;
  return {
    state,
    version: row.messageVersion,
    startedAt: row.startedAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    links,
    authentication,
  };
}

/**
 * What the checks found.
 * @throws DomainError `not-found`
 */
export async function getMessageChecks(
  ctx: ServiceContext,
  input: PreflightMessage,
): Promise<MessageChecks | null> {
  const { id: messageId } = parseInput(PreflightMessage, input);
  requirePermission(ctx, 'communications.read');
  return readTx(ctx, async (tx) => {
    await requireMessage(tx, ctx, messageId);
    return loadMessageChecks(tx, { weddingId: requireWedding(ctx), messageId });
  });
}
