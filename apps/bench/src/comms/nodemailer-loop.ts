import nodemailer from 'nodemailer';
import { readOrder, reportOf } from './contest.ts';

// The yardstick that everybody can write in an afternoon: nodemailer with a pool of connections and a
// loop that keeps it busy. No ledger, no consent, no rendering: the same letter to everybody.
const { smtpUrl, messages, connections, subject, html, text } = await readOrder();
const transport = nodemailer.createTransport({
  url: smtpUrl,
  pool: true,
  maxConnections: connections,
  maxMessages: Number.POSITIVE_INFINITY,
  ignoreTLS: true,
});

const sendTo = (index: number) =>
  transport.sendMail({
    from: 'WedSync <no-reply@mail.example.com>',
    to: { name: `Guest ${index}`, address: `guest${index}@example.com` },
    subject,
    html,
    text,
  });

async function loop(count: number): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < count) await sendTo(next++);
  };
  // Twice the connections, so that none of them ever waits for the loop.
  await Promise.all(Array.from({ length: connections * 2 }, lane));
}

await loop(connections * 10);
await reportOf(messages, () => loop(messages));
transport.close();
