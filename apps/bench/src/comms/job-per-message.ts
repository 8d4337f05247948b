import { createPostgresBackend, Queue, Worker, withBackend } from 'bullmq';
import { Redis } from 'ioredis';
import { Liquid } from 'liquidjs';
import nodemailer from 'nodemailer';
import pg from 'pg';
import { readOrder, reportOf } from './contest.ts';

// How campaigns are usually sent from Node: one job for each recipient, whose handler reads the
// recipient, renders the template, sends through a pooled nodemailer and writes the status down.
const order = await readOrder();
const { smtpUrl, messages, connections, databaseUrl, redisUrl } = order;
const addBulkMax = 500;
const queueName = 'campaign';

const database = new pg.Pool({ connectionString: databaseUrl, max: 10 });
const transport = nodemailer.createTransport({
  url: smtpUrl,
  pool: true,
  maxConnections: connections,
  maxMessages: Number.POSITIVE_INFINITY,
  ignoreTLS: true,
});
const liquid = new Liquid();

async function seed(): Promise<void> {
  await database.query(`
    drop table if exists public.campaign_recipients;
    create table public.campaign_recipients (
      id int primary key, email text not null, name text not null,
      unsubscribed boolean not null default false, status text not null default 'queued',
      provider_id text, sent_at timestamptz)`);
  await database.query(
    `insert into public.campaign_recipients (id, email, name)
     select n, 'guest' || n || '@example.com', 'Guest ' || n from generate_series(1, $1::int) n`,
    [messages],
  );
}

async function sendTo(id: number): Promise<void> {
  const { rows } = await database.query(
    'select email, name, unsubscribed, status from public.campaign_recipients where id = $1',
    [id],
  );
  const [recipient] = rows;
  if (!recipient || recipient.unsubscribed || recipient.status !== 'queued') return;
  const [html, text] = await Promise.all([
    liquid.parseAndRender(order.html, recipient),
    liquid.parseAndRender(order.text, recipient),
  ]);
  const { messageId } = await transport.sendMail({
    from: 'WedSync <no-reply@mail.example.com>',
    to: { name: recipient.name, address: recipient.email },
    subject: order.subject,
    html,
    text,
  });
  await database.query(
    `update public.campaign_recipients set status = 'sent', provider_id = $2, sent_at = now()
     where id = $1`,
    [id, messageId],
  );
}

function openQueue(handler: (job: { data: { id: number } }) => Promise<void>) {
  const settings = { concurrency: connections };
  if (redisUrl) {
    const connection = new Redis(redisUrl, { maxRetriesPerRequest: null });
    return {
      queue: new Queue(queueName, { connection }),
      worker: new Worker(queueName, handler, { ...settings, connection: connection.duplicate() }),
    };
  }
  const backend = withBackend(createPostgresBackend);
  const connection = new pg.Pool({
    connectionString: databaseUrl,
    options: '-c search_path=bullmq',
    max: 5,
  });
  return {
    queue: new backend.Queue(queueName, { connection }),
    worker: new backend.Worker(queueName, handler, { ...settings, connection }),
  };
}

await seed();
const { queue, worker } = openQueue(({ data }) => sendTo(data.id));
await worker.waitUntilReady();
let left = messages;
const finished = new Promise<void>((resolve) => {
  worker.on('completed', () => {
    left -= 1;
    if (left === 0) resolve();
  });
});
await reportOf(messages, async () => {
  const opts = { removeOnComplete: true, attempts: 3 };
  for (let from = 1; from <= messages; from += addBulkMax) {
    const length = Math.min(addBulkMax, messages - from + 1);
    await queue.addBulk(
      Array.from({ length }, (_, index) => ({ name: 'send', data: { id: from + index }, opts })),
    );
  }
  await finished;
});
process.exit(0);
