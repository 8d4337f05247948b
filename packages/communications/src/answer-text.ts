import { DomainError } from '@wedsync/contracts/errors';
import type { GuestId, InboundTextId } from '@wedsync/contracts/ids';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { sql } from 'drizzle-orm';
import { readSealedText } from './model/sms/sealed-text.ts';
import { composeAnswer, type SmsAnswer } from './model/sms/sms-text.ts';
import type { CommunicationsDeps } from './ports.ts';
import { loadWeddingFrame } from './queries/wedding-frame.ts';

type TextRow = {
  guest_id: GuestId;
  text_cipher: Uint8Array;
  wrapped: Uint8Array;
  meaning: 'stop' | 'start' | 'help' | 'other';
  language: string | null;
};

const answers = { stop: 'stopped', start: 'started', help: 'help' } as const satisfies Record<
  string,
  SmsAnswer
>;

/** Takes the text to answer it; undefined where it was answered, or nobody can be told. */
async function take(ctx: ServiceContext, id: InboundTextId) {
  const weddingId = requireWedding(ctx);
  return ctx.db.write(ctx.claims, async (tx) => {
    const [row] = await tx.execute<TextRow>(sql`
      update wedding.inbound_texts t set answered_at = now()
      from wedding.guest_keys k, wedding.guests g, wedding.households h
      where t.wedding_id = ${weddingId} and t.id = ${id} and t.answered_at is null
        and t.text_cipher is not null
        and k.wedding_id = t.wedding_id and k.guest_id = t.guest_id
        and g.wedding_id = t.wedding_id and g.id = t.guest_id
        and h.wedding_id = g.wedding_id and h.id = g.household_id
      returning t.guest_id, t.text_cipher, k.wrapped, t.meaning, coalesce(t.language, h.language) as language`);
    if (!row || row.meaning === 'other') return undefined;
    const keys = await ctx.keyRing.forWedding(tx, weddingId, [row.wrapped]);
    const opened = keys.guest(row.guest_id, row.wrapped).open('inbound_text', row.text_cipher);
    const { wedding, replyTo } = await loadWeddingFrame(tx, weddingId);
    const { from, to } = readSealedText(opened);
    const about = { wedding, contact: replyTo, language: row.language ?? wedding.locale };
    return { guest: from, ours: to, text: composeAnswer(answers[row.meaning], about) };
  });
}

const putBack = (ctx: ServiceContext, id: InboundTextId) =>
  ctx.db.write(ctx.claims, (tx) =>
    tx.execute(sql`
      update wedding.inbound_texts set answered_at = null
      where wedding_id = ${requireWedding(ctx)} and id = ${id}`),
  );

/**
 * Answers STOP, START or HELP from the number it was written to, at any hour: somebody who writes is
 * awake. The text is marked first, so that a process that dies in between leaves it unanswered rather
 * than answered twice.
 * @throws DomainError `unavailable` where the provider cannot be reached; the job tries again
 */
export async function answerText(
  ctx: ServiceContext,
  id: InboundTextId,
  { sms }: Pick<CommunicationsDeps, 'sms'>,
): Promise<void> {
  if (!sms) return;
  const answer = await take(ctx, id);
  if (!answer) return;
  const { guest, ours, text } = answer;
  const outcome = await sms.sendOne({ id, reference: '', from: ours, to: guest, text }, ctx.signal);
  if (outcome.kind === 'accepted' || outcome.kind === 'unknown') return;
  if (outcome.kind === 'rejected') {
    ctx.log.warn(
      { event: 'communications.answer_rejected', inboundTextId: id, code: outcome.code },
      'the provider refused the answer to a text',
    );
    return;
  }
  await putBack(ctx, id);
  throw new DomainError(
    'unavailable',
    'communications.answer-not-sent',
    'The SMS provider cannot be reached. The answer is sent as soon as it can.',
  );
}
