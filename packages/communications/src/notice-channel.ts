import type { DeliveryId, GuestId, HouseholdId } from '@wedsync/contracts/ids';
import { jsonParameter } from '@wedsync/db/sql-values';
import type { ServiceContext } from '@wedsync/service/context';
import { sql } from 'drizzle-orm';
import type { ClaimedDelivery, ShardRef } from './claim-batch.ts';
import { mergeValues } from './model/merge-values.ts';
import { createWordingCompiler } from './model/wording-compiler.ts';
import { loadWeddingFrame } from './queries/wedding-frame.ts';
import { loadChannelWordings } from './queries/wordings.ts';
import { requireMessage } from './rows.ts';
import type { SendChannel } from './send-channel.ts';
import type { SendQueue } from './send-queue.ts';

/** A notice ready to stand on the page of a household. */
export interface OutboundNotice {
  id: DeliveryId;
  householdId: HouseholdId;
  guestId: GuestId;
  body: string;
}

const bodyMax = 2_000;
const perStatement = 200;
/** The reader is there already; and a link that stood in the database would be a key to the page. */
const linkToThisPage = '(this page)';

/** Everything there is in one statement; a notice that stands there already is not written again. */
async function post(
  ctx: ServiceContext,
  { weddingId, messageId }: ShardRef,
  source: SendQueue<OutboundNotice>['source'],
): Promise<boolean> {
  const notices: OutboundNotice[] = [];
  while (notices.length < perStatement) {
    const notice = source.next();
    if (!notice) break;
    if (source.starting(notice.id)) notices.push(notice);
    else source.settled(notice.id, { kind: 'withheld' });
  }
  if (notices.length === 0) return false;
  await ctx.db.write(ctx.claims, (tx) =>
    tx.execute(sql`
      insert into wedding.notices (wedding_id, id, message_id, household_id, guest_id, body)
      select ${weddingId}, n.id, ${messageId}, n."householdId", n."guestId", n.body
      from jsonb_to_recordset(${jsonParameter(notices)})
        as n (id uuid, "householdId" uuid, "guestId" uuid, body text)
      on conflict on constraint notices_pk do nothing`),
  );
  for (const { id } of notices) source.settled(id, { kind: 'accepted' });
  return notices.length === perStatement;
}

/** A message on the answer pages of households; undefined when it is not being sent any more. */
export async function openNoticeChannel(
  ctx: ServiceContext,
  ref: ShardRef,
): Promise<SendChannel<OutboundNotice> | undefined> {
  const loaded = await ctx.db.read(ctx.claims, async (tx) => {
    const message = await requireMessage(tx, ctx, ref.messageId);
    const { wedding } = await loadWeddingFrame(tx, ref.weddingId);
    return { message, wedding, wordings: await loadChannelWordings(tx, ref) };
  });
  const { message, wedding, wordings } = loaded;
  if (message.state !== 'sending') return undefined;
  const wordingFor = createWordingCompiler((tag) => wordings.of(tag));
  return {
    provider: 'notice',
    connectionsMax: 1,
    prepare({ id, guestId, householdId, language: tag, recipient }: ClaimedDelivery) {
      const { compiled, language } = wordingFor(tag ?? wedding.locale);
      const frame = { ...wedding, locale: language };
      const fields = mergeValues(frame, { ...recipient, rsvpLink: linkToThisPage });
      const body = compiled.render(fields).body.trim().slice(0, bodyMax);
      return { id, guestId, householdId, body };
    },
    async send(source, signal) {
      while (!signal.aborted && (await post(ctx, ref, source)));
    },
  };
}
