import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Place } from '@wedsync/communications/testing/rig';
import type { MessageId } from '@wedsync/contracts/ids';
import type { TestDatabase } from '@wedsync/db/testing/database';
import { type LeanSmtpSink, startLeanSmtpSink } from '@wedsync/testing/lean-smtp-sink';
import { atMost, type Measure, median, percentile } from '../report.ts';
import { residentMiB } from '../rig.ts';
import { type MailingRig, openMailingRig, wording } from './mailing.ts';

export interface WhileSendingOptions {
  place: Place;
  guests: number;
  redisUrl?: string | undefined;
}

const pauses = 3;
const singlesMax = 100;
const singleEveryMs = 100;
const sampleEveryMs = 100;
/** Mail of a paused message that leaves after this would be a second mailing. */
const quietMs = 2_000;

/** Resolves with the moment at which an e-mail to `address` arrives. */
function createArrivals(sink: LeanSmtpSink) {
  const waiting = new Map<string, (at: number) => void>();
  sink.rules.recipient = (address) => {
    waiting.get(address)?.(performance.now());
    return undefined;
  };
  return (address: string) => new Promise<number>((resolve) => waiting.set(address, resolve));
}

/** Guests that only single messages go to, with addresses of their own. */
async function seedSingles({ db, place, mutate }: MailingRig, count: number) {
  const emails = Array.from({ length: count }, (_, index) => `single-${index}@example.net`);
  const guests: { id: string; email: string }[] = [];
  for (const email of emails) {
    const answer = await mutate('guests.create', { firstName: 'Single', lastName: 'Guest', email });
    const { data } = (answer as { result: { data: { id: string } } }).result;
    guests.push({ id: data.id, email });
  }
  await db.admin`analyze wedding.guests`;
  return { weddingId: place.weddingId, guests };
}

/** From the click on "send" to the sink, one after the other, while `isOn`. */
async function sendSingles(
  rig: MailingRig,
  {
    guests,
    arrival,
    isOn,
  }: {
    guests: readonly { id: string; email: string }[];
    arrival: (address: string) => Promise<number>;
    isOn: () => Promise<boolean>;
  },
): Promise<number[]> {
  const times: number[] = [];
  for (const { id, email } of guests) {
    if (!(await isOn())) break;
    const arrived = arrival(email);
    const clickedAt = performance.now();
    await rig.mutate('communications.sendSingle', {
      guestId: id,
      title: 'A word',
      kind: 'other',
      defaultLanguage: 'en',
      wordings: [{ channel: 'email', language: 'en', format: 'text', ...wording }],
      idempotencyKey: randomUUID(),
    });
    times.push((await arrived) - clickedAt);
    await wait(singleEveryMs);
  }
  return times;
}

/** From the click on "pause" to the last e-mail that still arrives. */
async function pauseOnce(rig: MailingRig, sink: LeanSmtpSink, messageId: MessageId) {
  const [row] = await rig.db.admin<{ version: number }[]>`
    select version from wedding.messages
    where wedding_id = ${rig.place.weddingId} and id = ${messageId}`;
  const clickedAt = performance.now();
  await rig.mutate('communications.pauseMessage', { id: messageId, version: row?.version });
  await wait(quietMs);
  const last = sink.times.findLast((at) => at > clickedAt);
  return last === undefined ? 0 : last - clickedAt;
}

async function resume(rig: MailingRig, messageId: MessageId): Promise<void> {
  const [row] = await rig.db.admin<{ version: number }[]>`
    select version from wedding.messages
    where wedding_id = ${rig.place.weddingId} and id = ${messageId}`;
  await rig.mutate('communications.resumeMessage', { id: messageId, version: row?.version });
}

/** One mailing to many: memory, single messages in between, then three pauses in its middle. */
async function run(rig: MailingRig, sink: LeanSmtpSink, guests: number) {
  const arrival = createArrivals(sink);
  const messageId = await rig.draft();
  const memory: number[] = [];
  const sampler = setInterval(
    async () => memory.push(await residentMiB(rig.stack.worker.pid)),
    sampleEveryMs,
  );
  await rig.send(messageId);
  await rig.untilState(messageId, ['sending', 'sent']);
  // Only now, so that the mailing does not go to them as well.
  const singles = await seedSingles(rig, singlesMax);
  const isOn = async () =>
    sink.times.length < guests * 0.8 && (await rig.state(messageId)) === 'sending';
  const singleTimes = await sendSingles(rig, { guests: singles.guests, arrival, isOn });
  const pauseTimes: number[] = [];
  for (let round = 0; round < pauses; round++) {
    if ((await rig.state(messageId)) !== 'sending') break;
    pauseTimes.push(await pauseOnce(rig, sink, messageId));
    await resume(rig, messageId);
    await wait(500);
  }
  await rig.untilState(messageId, ['sent']);
  clearInterval(sampler);
  return { memory, singleTimes, pauseTimes };
}

/** What planners and operators feel while a large mailing runs. */
export async function measureWhileSending(
  db: TestDatabase,
  { place, guests, redisUrl }: WhileSendingOptions,
): Promise<Measure[]> {
  const sink = await startLeanSmtpSink();
  const rig = await openMailingRig(db, { guests, smtpUrl: sink.url, redisUrl, place });
  try {
    const { memory, singleTimes, pauseTimes } = await run(rig, sink, guests);
    if (pauseTimes.length === 0) throw new Error('the mailing ended before it could be paused');
    const tenth = Math.max(1, Math.floor(memory.length / 10));
    const early = median(memory.slice(tenth, 2 * tenth)).toFixed(0);
    const late = median(memory.slice(-tenth)).toFixed(0);
    return [
      atMost(
        120,
        {
          measure: `worker memory while sending to ${guests.toLocaleString('en')}`,
          value: Math.max(...memory),
          unit: 'MiB',
          yardstick: `most; second tenth of the run ${early} MiB, last tenth ${late} MiB`,
        },
        90,
      ),
      atMost(
        1_000,
        {
          measure: 'pause: click to last e-mail',
          value: Math.max(...pauseTimes),
          unit: 'ms',
          yardstick: `slowest of ${pauseTimes.length}`,
        },
        250,
      ),
      atMost(
        250,
        {
          measure: 'single message during a mailing, p99',
          value: percentile(singleTimes, 99),
          unit: 'ms',
          yardstick: `${singleTimes.length} of them, click to sink, p50 ${percentile(singleTimes, 50).toFixed(0)} ms`,
        },
        50,
      ),
    ];
  } finally {
    await rig.stop();
    await sink.stop();
  }
}
