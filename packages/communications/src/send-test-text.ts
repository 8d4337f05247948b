import { SendTestText, type TestTextAnswer } from '@wedsync/contracts/communications-sms';
import { DomainError } from '@wedsync/contracts/errors';
import { newUuid } from '@wedsync/contracts/ids';
import { countSmsSegments } from '@wedsync/contracts/sms-segments';
import type { Tx } from '@wedsync/db/client';
import { bytesParameter } from '@wedsync/db/sql-values';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { notFound } from '@wedsync/service/stale';
import { writeTx } from '@wedsync/service/transaction';
import { sql } from 'drizzle-orm';
import { mergeValues } from './model/merge-values.ts';
import { sampleRecipient } from './model/sample-recipient.ts';
import { composeSms } from './model/sms/sms-text.ts';
import { threadHash, threadKey } from './model/sms/thread.ts';
import { compileWording } from './model/wording.ts';
import type { CommunicationsSettings, SendOutcome } from './ports.ts';
import { recipientOfGuest } from './queries/recipients.ts';
import { loadWeddingFrame } from './queries/wedding-frame.ts';
import { loadChannelWordings } from './queries/wordings.ts';
import { requireSms } from './require-sms.ts';
import { requireMessage } from './rows.ts';

type TestSettings = Pick<
  CommunicationsSettings,
  'smsFrom' | 'linkSecret' | 'testTexts' | 'isSmsSimulated'
>;
type Target = ReturnType<typeof SendTestText.parse>;

/** A planner tries wordings; nobody needs more, and a stranger's number must not be plagued. */
const testsPerHour = 10;

async function requireTestsLeft(tx: Tx, ctx: ServiceContext): Promise<void> {
  const [row] = await tx.execute<{ n: number }>(sql`
    select count(*)::int as n from wedding.audit_log
    where wedding_id = ${requireWedding(ctx)} and action = 'communications.send-test-text'
      and at > now() - interval '1 hour'`);
  if ((row?.n ?? 0) < testsPerHour) return;
  throw new DomainError(
    'limit',
    'communications.too-many-tests',
    `This wedding has sent ${testsPerHour} tests by text within an hour. Wait a while, or look at the preview.`,
  );
}

/** Whoever wrote STOP to our number is not texted, tests included. */
async function requireWelcome(tx: Tx, hash: Buffer): Promise<void> {
  const rows = await tx.execute(sql`
    select from ops.sms_opt_outs where thread_hash = ${bytesParameter(hash)}`);
  if (rows.length === 0) return;
  throw new DomainError(
    'precondition',
    'communications.number-opted-out',
    'This number has written STOP to ours. Write START from it first, or use another number.',
  );
}

function refuse(outcome: SendOutcome): never {
  const code = 'code' in outcome ? outcome.code : outcome.kind;
  const isTheirs = outcome.kind === 'rejected';
  throw new DomainError(
    isTheirs ? 'precondition' : 'unavailable',
    'communications.test-not-sent',
    isTheirs
      ? `The SMS provider refused this text (${code}). Look whether the number is right and can be texted.`
      : `The SMS provider did not take the text (${code}). Try again in a moment.`,
    { code },
  );
}

async function wordTest(tx: Tx, ctx: ServiceContext, { id, guestId, language }: Target) {
  const weddingId = requireWedding(ctx);
  await requireMessage(tx, ctx, id);
  const { wedding } = await loadWeddingFrame(tx, weddingId);
  const found = await recipientOfGuest({ tx, keyRing: ctx.keyRing }, weddingId, guestId);
  const wordings = await loadChannelWordings(tx, { weddingId, messageId: id, channel: 'sms' });
  const wording = wordings.of(language ?? found?.language ?? wedding.locale);
  if (!wording) throw notFound('text for this channel');
  const recipient = found?.recipient ?? sampleRecipient;
  // Links of guests do not work in it: a test must not be able to answer for somebody.
  const rsvpLink = 'https://example.invalid/r/preview';
  const fields = mergeValues({ ...wedding, locale: wording.language }, { ...recipient, rsvpLink });
  const body = `[Test] ${compileWording(wording).render(fields).body}`;
  return composeSms({ body, language: wording.language, isFirst: false });
}

/**
 * Texts a message to a number of the planner's own, at any hour, and says what the provider made of
 * it. It is no delivery: nothing of it is counted, and the number is kept nowhere. The server sends
 * it itself, so that no job has to carry a number.
 * @throws DomainError `precondition` `communications.sms-not-configured`, `communications.number-opted-out`
 * @throws DomainError `limit` `communications.too-many-tests`
 * @throws DomainError `unavailable` or `precondition` `communications.test-not-sent` with the provider's code
 */
export async function sendTestText(
  ctx: ServiceContext,
  input: SendTestText,
  settings: TestSettings,
): Promise<TestTextAnswer> {
  const target = parseInput(SendTestText, input);
  requirePermission(ctx, 'communications.send');
  requireSms({ channel: 'sms' }, settings);
  const { smsFrom, testTexts, linkSecret, isSmsSimulated = false } = settings;
  if (!testTexts || !smsFrom) throw refuse({ kind: 'unreachable', code: 'no_provider' });
  const { from, text } = await writeTx(ctx, async ({ tx, audit }) => {
    await requireTestsLeft(tx, ctx);
    const [row] = await tx.execute<{ number: string | null }>(
      sql`select wedding.sms_number_of(${requireWedding(ctx)}) as number`,
    );
    const ours = row?.number ?? smsFrom;
    await requireWelcome(tx, threadHash(threadKey(linkSecret), { ours, theirs: target.phone }));
    const worded = await wordTest(tx, ctx, target);
    const entry = { entity: 'message', entityId: target.id };
    await audit({ action: 'communications.send-test-text', ...entry });
    return { from: ours, text: worded };
  });
  const outcome = await testTexts.sendOne(
    { id: newUuid(), reference: '', from, to: target.phone, text },
    ctx.signal,
  );
  if (outcome.kind !== 'accepted') refuse(outcome);
  return { from, segments: countSmsSegments(text).segments, isSimulated: isSmsSimulated };
}
