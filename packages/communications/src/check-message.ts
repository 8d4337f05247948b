import type { MessageChecks } from '@wedsync/contracts/communications-control';
import type { MessageId, WeddingId } from '@wedsync/contracts/ids';
import { messageChecks } from '@wedsync/db/schema/communications';
import type { ServiceContext } from '@wedsync/service/context';
import { readTx, writeTx } from '@wedsync/service/transaction';
import { and, eq } from 'drizzle-orm';
import type { DNSResolver } from 'mailauth';
import { checkLinks, type LinkCheckerOptions } from './adapters/link-checker.ts';
import { linksIn } from './model/links-in-text.ts';
import type { CommunicationsDeps } from './ports.ts';
import { loadWeddingFrame } from './queries/wedding-frame.ts';
import { channelWordings, loadWordings } from './queries/wordings.ts';
import { requireMessage } from './rows.ts';
import { sampleEmail } from './sample-email.ts';

export interface MessageRef {
  weddingId: WeddingId;
  messageId: MessageId;
}

/** What a test brings instead of the network. */
export interface CheckNetwork {
  links?: LinkCheckerOptions;
  resolver?: DNSResolver;
}

type Findings = Pick<MessageChecks, 'links' | 'authentication'>;

async function look(
  ctx: ServiceContext,
  { weddingId, messageId }: MessageRef,
  { deps, network }: { deps: CommunicationsDeps; network: CheckNetwork },
): Promise<Findings> {
  const { message, frame, wordings } = await readTx(ctx, async (tx) => ({
    message: await requireMessage(tx, ctx, messageId),
    frame: await loadWeddingFrame(tx, weddingId),
    wordings: await loadWordings(tx, { weddingId, messageId }),
  }));
  const links = checkLinks(linksIn(wordings), network.links);
  const emails = channelWordings(wordings, 'email', message.defaultLanguage);
  const sample = sampleEmail(ctx, { message, frame, wordings: emails }, deps);
  if (!sample) return { links: await links, authentication: [] };
  const { fromAddress, email } = sample;
  // Verifies signatures: a fifth of the worker's memory, for a check now and then.
  const { checkAuthentication } = await import('./adapters/authentication-check.ts');
  const authentication = checkAuthentication({
    fromAddress,
    envelopeDomain: deps.bounceDomain ?? fromAddress.slice(fromAddress.lastIndexOf('@') + 1),
    signer: deps.signer,
    content: email.content,
    resolver: network.resolver,
  });
  return { links: await links, authentication: await authentication };
}

/**
 * Looks at a message's links and at the DNS of its sender, outside of any transaction, and writes down
 * what it found. A look that was overtaken by a newer one is thrown away.
 */
export async function checkMessage(
  ctx: ServiceContext,
  ref: MessageRef,
  context: { deps: CommunicationsDeps; network?: CheckNetwork },
): Promise<void> {
  const { deps, network = {} } = context;
  const itself = and(
    eq(messageChecks.weddingId, ref.weddingId),
    eq(messageChecks.messageId, ref.messageId),
  );
  const [begun] = await readTx(ctx, (tx) => tx.select().from(messageChecks).where(itself));
  if (begun?.state !== 'running') return;
  let found: Findings & { state: 'done' | 'failed' };
  try {
    found = { state: 'done', ...(await look(ctx, ref, { deps, network })) };
  } catch (err) {
    ctx.log.warn({ event: 'communications.check_failed', ...ref, err });
    found = { state: 'failed', links: [], authentication: [] };
  }
  await writeTx(ctx, async ({ tx, change }) => {
    await tx
      .update(messageChecks)
      .set({ ...found, finishedAt: ctx.clock.now() })
      .where(and(itself, eq(messageChecks.startedAt, begun.startedAt)));
    await change({ entity: 'message', entityId: ref.messageId, kind: 'updated' });
  });
}
