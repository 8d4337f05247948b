import { DomainError } from '@wedsync/contracts/errors';
import type { DeliveryId } from '@wedsync/contracts/ids';
import type { ServiceContext } from '@wedsync/service/context';
import { sql } from 'drizzle-orm';
import type { ClaimedDelivery, ShardRef } from './claim-batch.ts';
import { type MergeWedding, mergeValues } from './model/merge-values.ts';
import { nextOpening, zonesOfPhone } from './model/quiet-hours.ts';
import { composeSms } from './model/sms/sms-text.ts';
import { verpKey } from './model/verp.ts';
import { createWordingCompiler } from './model/wording-compiler.ts';
import type { CommunicationsDeps, OutboundSms, SmsSource, SmsTransport } from './ports.ts';
import { loadWeddingFrame } from './queries/wedding-frame.ts';
import { loadChannelWordings } from './queries/wordings.ts';
import { requireMessage } from './rows.ts';
import type { SendChannel } from './send-channel.ts';
import { SendLater, SendNever } from './send-queue.ts';
import { smsReference } from './sms-reference.ts';
import { openSmsThreads, type SmsThreads } from './sms-threads.ts';

/** How often it is looked who wrote STOP while texts are under way. */
const lookEveryMs = 400;

interface SmsFrame {
  from: string;
  /** Of the wedding, for numbers of no country. */
  zone: string;
  wedding: MergeWedding;
  wordingFor: ReturnType<typeof createWordingCompiler>;
}

const notConfigured = () =>
  new DomainError(
    'unavailable',
    'communications.sms-not-configured',
    'No SMS provider is set up: SMS_URL and SMS_FROM are needed. The texts wait until one is.',
  );

/** Undefined when the message is not being sent any more. */
async function loadFrame(
  ctx: ServiceContext,
  ref: ShardRef,
  smsFrom: string | undefined,
): Promise<SmsFrame | undefined> {
  const { weddingId, messageId } = ref;
  return ctx.db.read(ctx.claims, async (tx) => {
    const message = await requireMessage(tx, ctx, messageId);
    if (message.state !== 'sending') return undefined;
    const { wedding } = await loadWeddingFrame(tx, weddingId);
    const wordings = await loadChannelWordings(tx, ref);
    const [row] = await tx.execute<{ number: string | null; zone: string }>(sql`
      select wedding.sms_number_of(id) as number, time_zone as zone
      from wedding.weddings where id = ${weddingId}`);
    // The planner company's own number, or the installation's.
    const from = row?.number ?? smsFrom;
    if (!row || !from) throw notConfigured();
    return {
      from,
      zone: row.zone,
      wedding,
      wordingFor: createWordingCompiler((tag) => wordings.of(tag)),
    };
  });
}

/** Sends, and looks meanwhile who wrote STOP and which threads have had their first text. */
async function sendWatching(
  transport: SmsTransport,
  threads: SmsThreads,
  { source, signal }: { source: SmsSource; signal: AbortSignal },
): Promise<void> {
  let accepted: DeliveryId[] = [];
  const watched: SmsSource = {
    next: () => source.next(),
    starting: (id) => !threads.isStopped(id) && source.starting(id),
    settled(id, outcome) {
      if (outcome.kind === 'accepted') accepted.push(id);
      source.settled(id, outcome);
    },
  };
  const noteSent = () => {
    const ids = accepted;
    accepted = [];
    return threads.noteSent(ids);
  };
  let looking: Promise<unknown> = Promise.resolve();
  let failure: unknown;
  const timer = setInterval(() => {
    looking = looking
      .then(async () => {
        await noteSent();
        await threads.refresh(0);
      })
      .catch((error: unknown) => {
        failure ??= error;
      });
  }, lookEveryMs);
  try {
    // Under a pace this is called for every few texts.
    await threads.refresh(lookEveryMs);
    await transport.send(watched, signal);
  } finally {
    clearInterval(timer);
    await looking;
  }
  if (failure !== undefined) throw failure;
  await noteSent();
}

/**
 * A message by text. What may not leave is decided when a connection is free for it: nobody is
 * texted outside 8:00 to 21:00 of where the number may be, nor within a second of writing STOP.
 * @throws DomainError `unavailable` `communications.sms-not-configured`
 */
export async function openSmsChannel(
  ctx: ServiceContext,
  ref: ShardRef,
  deps: CommunicationsDeps,
): Promise<SendChannel<OutboundSms> | undefined> {
  const transport = deps.sms;
  const frame = await loadFrame(ctx, ref, deps.smsFrom);
  if (!frame) return undefined;
  if (!transport) throw notConfigured();
  const { from, zone, wedding, wordingFor } = frame;
  const threads = openSmsThreads(ctx, ref, { from, linkSecret: deps.linkSecret });
  const key = verpKey(deps.linkSecret);

  function prepare(delivery: ClaimedDelivery): OutboundSms {
    const { id, recipient, rsvpToken } = delivery;
    if (threads.isStopped(id)) throw new SendNever('suppressed');
    const to = delivery.openAddress();
    const now = ctx.clock.now();
    const opening = nextOpening(zonesOfPhone(to, zone), now) ?? nextOpening([zone], now) ?? now;
    if (opening > now)
      throw new SendLater(new Date(Date.now() + opening.getTime() - now.getTime()));
    const { compiled, language } = wordingFor(delivery.language ?? wedding.locale);
    const rsvpLink = `${deps.publicUrl}/r/${rsvpToken}`;
    const fields = mergeValues({ ...wedding, locale: language }, { ...recipient, rsvpLink });
    const { body } = compiled.render(fields);
    const text = composeSms({ body, language, isFirst: threads.isFirst(id) });
    const { messageId } = ref;
    return { id, reference: smsReference(key, { messageId, deliveryId: id }), from, to, text };
  }

  return {
    provider: transport.name,
    connectionsMax: transport.connectionsMax,
    claimed: (deliveries) => threads.open(deliveries),
    prepare,
    send: (source, signal) => sendWatching(transport, threads, { source, signal }),
  };
}
