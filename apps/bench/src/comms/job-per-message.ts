import { createPostgresBackend, Queue, Worker, withBackend } from 'bullmq';
import { Redis } from 'ioredis';
import { Liquid } from 'liquidjs';
import nodemailer from 'nodemailer';
import pg from 'pg';
import { readOrder, reportOf } from './contest.ts';

// How campaigns are usually sent from Node (Plunk and useSend do it so, as read in their sources): for
// each recipient a row is inserted and a job is added, one after the other within a batch of 500 and
// with as many batches under way as there are here; the job's handler reads recipient and message,
// renders the templates, marks the row as being sent, sends through a pooled nodemailer and marks it as
// sent. PostgreSQL and Redis with the durability they come with. All of that is within the measured
// time, because a planner who has pressed Send waits for all of it. What those two also do for each
// e-mail is left out in their favour: counters, event rows, suppression look-ups and stored bodies.
const order = await readOrder();
const { smtpUrl, messages, connections, databaseUrl, redisUrl } = order;
const batchSize = 500;
const batchesAtOnce = 4;
const queueName = 'campaign';

const database = new pg.Pool({ connectionString: databaseUrl, max: 10 });
const transport = nodemailer.createTransport({
  url: smtpUrl,
  pool: true,
  maxConnections: connections,
  maxMessages: Number.POSITIVE_INFINITY,
  ignoreTLS: true,
});
const liquid = new Liquid({ cache: true });

async function seed(): Promise<void> {
  await database.query(`
    drop table if exists public.campaign_emails, public.campaign_contacts, public.campaigns;
    create table public.campaigns (id int primary key, subject text, html text, body text);
    create table public.campaign_contacts (
      id int primary key, email text not null, name text not null,
      unsubscribed boolean not null default false);
    create table public.campaign_emails (
      id bigint generated always as identity primary key, campaign_id int not null,
      contact_id int not null, status text not null default 'queued', provider_id text,
      created_at timestamptz not null default now(), sent_at timestamptz,
      unique (campaign_id, contact_id))`);
  await database.query(
    `insert into public.campaign_contacts (id, email, name)
     select n, 'guest' || n || '@example.com', 'Guest ' || n from generate_series(1, $1::int) n`,
    [messages],
  );
  await database.query('insert into public.campaigns values (1, $1, $2, $3)', [
    order.subject,
    order.html,
    order.text,
  ]);
}

async function sendTo(id: string): Promise<void> {
  const { rows } = await database.query(
    `select e.status, c.email, c.name, c.unsubscribed, m.subject, m.html, m.body
     from public.campaign_emails e
     join public.campaign_contacts c on c.id = e.contact_id
     join public.campaigns m on m.id = e.campaign_id
     where e.id = $1`,
    [id],
  );
  const [recipient] = rows;
  if (!recipient || recipient.unsubscribed || recipient.status !== 'queued') return;
  await database.query(`update public.campaign_emails set status = 'sending' where id = $1`, [id]);
  const [html, text] = await Promise.all([
    liquid.parseAndRender(recipient.html, recipient),
    liquid.parseAndRender(recipient.body, recipient),
  ]);
  const { messageId } = await transport.sendMail({
    from: 'WedSync <no-reply@mail.example.com>',
    to: { name: recipient.name, address: recipient.email },
    subject: recipient.subject,
    html,
    text,
  });
  await database.query(
    `update public.campaign_emails set status = 'sent', provider_id = $2, sent_at = now()
     where id = $1`,
    [id, messageId],
  );
}

function openQueue(handler: (job: { data: { id: string } }) => Promise<void>) {
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

/** One batch of recipients: each gets its row, then its job. */
async function enqueueBatch(from: number): Promise<void> {
  const opts = { removeOnComplete: true, attempts: 3 };
  for (let contact = from; contact < from + batchSize && contact <= messages; contact++) {
    const { rows } = await database.query(
      `insert into public.campaign_emails (campaign_id, contact_id) values (1, $1)
       on conflict do nothing returning id`,
      [contact],
    );
    await queue.add('send', { id: rows[0].id }, opts);
  }
}

await reportOf(messages, async () => {
  const starts = Array.from({ length: Math.ceil(messages / batchSize) }, (_, index) => index);
  const lane = async () => {
    for (let next = starts.shift(); next !== undefined; next = starts.shift()) {
      await enqueueBatch(next * batchSize + 1);
    }
  };
  await Promise.all(Array.from({ length: batchesAtOnce }, lane));
  await finished;
});
process.exit(0);
