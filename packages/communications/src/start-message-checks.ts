import { StartMessageChecks } from '@wedsync/contracts/communications-control';
import { checkMessageJob } from '@wedsync/contracts/communications-jobs';
import { messageChecks } from '@wedsync/db/schema/communications';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { staleVersion } from '@wedsync/service/stale';
import { writeTx } from '@wedsync/service/transaction';
import { and, eq, gt, lt } from 'drizzle-orm';
import { messageOf } from './queries/messages.ts';
import { lockMessage } from './rows.ts';

/** A check that should have ended long ago may be started again. */
const patienceMs = 60_000;
/** What was found so long ago says nothing any more. */
const keptMs = 90 * 86_400_000;

/**
 * Starts the checks that ask the network; their result is read with `getMessageChecks`. While they
 * run, asking again changes nothing.
 * @throws DomainError `conflict` `service.stale-version` when somebody changed the message meanwhile
 */
export async function startMessageChecks(
  ctx: ServiceContext,
  input: StartMessageChecks,
): Promise<{ state: 'running' }> {
  const { id, version } = parseInput(StartMessageChecks, input);
  requirePermission(ctx, 'communications.update');
  const weddingId = requireWedding(ctx);
  return writeTx(ctx, async ({ tx, audit, enqueue }) => {
    const message = await lockMessage(tx, ctx, id);
    if (message.version !== version) throw staleVersion(await messageOf(tx, message), 'message');
    const now = ctx.clock.now();
    const [running] = await tx
      .select({ state: messageChecks.state })
      .from(messageChecks)
      .where(
        and(
          eq(messageChecks.weddingId, weddingId),
          eq(messageChecks.messageId, id),
          eq(messageChecks.messageVersion, version),
          eq(messageChecks.state, 'running'),
          gt(messageChecks.startedAt, new Date(now.getTime() - patienceMs)),
        ),
      );
    if (running) return { state: 'running' };
    await tx
      .delete(messageChecks)
      .where(
        and(
          eq(messageChecks.weddingId, weddingId),
          lt(messageChecks.startedAt, new Date(now.getTime() - keptMs)),
        ),
      );
    const begun = {
      state: 'running' as const,
      messageVersion: version,
      startedAt: now,
      finishedAt: null,
      links: [],
      authentication: [],
    };
    await tx
      .insert(messageChecks)
      .values({ weddingId, messageId: id, ...begun })
      .onConflictDoUpdate({
        target: [messageChecks.weddingId, messageChecks.messageId],
        set: begun,
      });
    await audit({ action: 'communications.start-message-checks', entity: 'message', entityId: id });
    await enqueue(checkMessageJob, { v: 1, weddingId, messageId: id });
    return { state: 'running' };
  });
}
