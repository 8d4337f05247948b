import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Place } from '@wedsync/communications/testing/rig';
import { seedAudience } from '@wedsync/communications/testing/seed-audience';
import type { MessageId } from '@wedsync/contracts/ids';
import type { TestDatabase } from '@wedsync/db/testing/database';
import { seedMessage } from '@wedsync/testing/factories/communications';
import { type Stack, startStack } from '@wedsync/testing/stack';
import { cpuSeconds, residentMiB, signIn } from '../rig.ts';

/** Paragraphs that make the HTML part 2 kB; merge fields, links and layout are what planners use. */
export const wording = {
  subject: '{{ names }}, you are invited',
  body: 'Dear {{ names }},\n\nplease come.\n\n{{ rsvp_link }}\n\n{{ couple_names }}',
} as const;

/** A company with guests, signed in at a running server whose worker sends to `smtpUrl`. */
export interface MailingRig {
  readonly db: TestDatabase;
  readonly stack: Stack;
  readonly place: Place;
  /** Calls a procedure as the browser does; throws where it is refused. */
  mutate(procedure: string, input: object): Promise<unknown>;
  draft(): Promise<MessageId>;
  /** Sends a new message to everybody. Resolves once the server has taken it. */
  send(messageId: MessageId): Promise<void>;
  state(messageId: MessageId): Promise<string>;
  untilState(messageId: MessageId, states: readonly string[]): Promise<void>;
  stop(): Promise<void>;
}

export interface MailingOptions {
  guests: number;
  smtpUrl: string;
  redisUrl?: string | undefined;
  /** An audience that is there already, from another rig on the same database. */
  place?: Place;
}

const pollMs = 20;

async function ownerOf(db: TestDatabase, orgId: string): Promise<string> {
  const [row] = await db.admin<{ user_id: string }[]>`
    select user_id from wedding.org_members where org_id = ${orgId} and role = 'owner' limit 1`;
  if (!row) throw new Error('the company has no owner');
  return row.user_id;
}

/** The same guests are written to many times here; the rule itself stays on. */
export async function raiseWeeklyLimit(db: TestDatabase, { weddingId }: Place): Promise<void> {
  await db.admin`
    insert into wedding.send_settings (wedding_id, weekly_limit) values (${weddingId}, 50)
    on conflict do nothing`;
}

/** Seeds the audience and starts server and worker, as they run in production. */
export async function openMailingRig(
  db: TestDatabase,
  options: MailingOptions,
): Promise<MailingRig> {
  const place = options.place ?? (await seedAudience(db.admin, options.guests));
  const { weddingId } = place;
  await raiseWeeklyLimit(db, place);
  const stack = await startStack(db, {
    SMTP_URL: options.smtpUrl,
    REDIS_URL: options.redisUrl,
    API_REQUESTS_PER_MINUTE: '0',
  });
  const cookie = await signIn(db, {
    userId: await ownerOf(db, place.orgId),
    authSecret: stack.secrets.AUTH_SECRET,
  });
  const headers = { cookie, origin: stack.webUrl, 'content-type': 'application/json' };
  const state = async (messageId: MessageId) => {
    const [row] = await db.admin<{ state: string }[]>`
      select state from wedding.messages where wedding_id = ${weddingId} and id = ${messageId}`;
    return row?.state ?? 'gone';
  };
  const mutate = async (procedure: string, input: object) => {
    const answer = await fetch(`${stack.webUrl}/trpc/${procedure}`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ weddingId, ...input }),
    });
    if (!answer.ok) throw new Error(`${procedure}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  return {
    db,
    stack,
    place,
    mutate,
    draft: () => seedMessage(db.admin, { weddingId, ...wording }),
    async send(id) {
      await mutate('communications.sendMessage', {
        id,
        version: 1,
        idempotencyKey: randomUUID(),
      });
    },
    state,
    async untilState(messageId, states) {
      while (!states.includes(await state(messageId))) await wait(pollMs);
    },
    stop: () => stack.stop(),
  };
}

export interface MailingSample {
  perSecond: number;
  cpuMsPerMessage: number;
  /** Resident memory of the worker while it sent, in MiB, ten times a second. */
  memory: number[];
}

/** Fewer would mean that a rule keeps the mailing back, and nothing is measured. */
const reachedShare = 0.8;

async function sentOf({ db, place }: MailingRig, messageId: MessageId): Promise<number> {
  const [row] = await db.admin<{ n: number }[]>`
    select coalesce(sum(n), 0)::int as n from wedding.delivery_counts
    where wedding_id = ${place.weddingId} and message_id = ${messageId} and state = 'sent'`;
  return row?.n ?? 0;
}

/** One whole mailing: from the click to a message that is `sent` and balanced in the ledger. */
export async function sendOnce(rig: MailingRig, guests: number): Promise<MailingSample> {
  const { pid } = rig.stack.worker;
  const messageId = await rig.draft();
  const memory: number[] = [];
  const sampler = setInterval(async () => memory.push(await residentMiB(pid)), 100);
  try {
    const cpu = await cpuSeconds(pid);
    const startedAt = performance.now();
    await rig.send(messageId);
    await rig.untilState(messageId, ['sent']);
    const tookMs = performance.now() - startedAt;
    const sent = await sentOf(rig, messageId);
    if (sent < guests * reachedShare) throw new Error(`only ${sent} of ${guests} were written to`);
    const used = (await cpuSeconds(pid)) - cpu;
    return {
      perSecond: (sent * 1_000) / tookMs,
      cpuMsPerMessage: (used * 1_000) / sent,
      memory,
    };
  } finally {
    clearInterval(sampler);
  }
}
