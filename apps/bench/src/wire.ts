import { generateKeyPairSync } from 'node:crypto';
import {
  createDkimSigner,
  createSmtpTransport,
  type OutboundEmail,
} from '@wedsync/communications/jobs';
import { DeliveryId, newUuid } from '@wedsync/contracts/ids';
import nodemailer from 'nodemailer';
import { runSmtpSource, type SmtpSink, startSmtpSink } from './comms/smtp-tools.ts';
import { atLeast, type BenchmarkResult, informs, type Measure, median } from './report.ts';

const connections = 20;
const rounds = 5;
/** About what an invitation weighs with both of its parts. */
const lines = 60;
const domain = 'mail.example.com';

const content = Buffer.from(
  `Date: Sat, 02 Jan 2027 03:04:05 +0000\r
From: "Ana & Tom" <no-reply@${domain}>\r
To: guest@example.com\r
Subject: An invitation\r
Message-ID: <1@${domain}>\r
List-Unsubscribe: <https://example.com/u/token>\r
List-Unsubscribe-Post: List-Unsubscribe=One-Click\r
MIME-Version: 1.0\r
Content-Type: text/plain; charset=utf-8\r
\r
${`${'x'.repeat(72)}\r\n`.repeat(lines)}`,
);
const envelope = { from: `bounce@${domain}`, to: 'guest@example.com' };

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const dkim = createDkimSigner({ domain, selector: 'bench', privateKey });

interface Sample {
  perSecond: number;
  cpuMs: number;
}

async function sample(emails: number, work: () => Promise<unknown>): Promise<Sample> {
  const before = process.cpuUsage();
  const startedAt = performance.now();
  await work();
  const tookMs = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(before);
  return { perSecond: (emails * 1_000) / tookMs, cpuMs: (user + system) / 1_000 / emails };
}

async function sendOurs(sink: SmtpSink, emails: number, isSigned: boolean): Promise<Sample> {
  const transport = createSmtpTransport({
    url: sink.url,
    connectionsMax: connections,
    dkim: isSigned ? dkim : undefined,
  });
  const email: OutboundEmail = {
    id: DeliveryId.parse(newUuid()),
    envelopeFrom: envelope.from,
    envelopeTo: envelope.to,
    content,
    needsSmtpUtf8: false,
  };
  let given = 0;
  let accepted = 0;
  const source = {
    next: () => (given++ < emails ? email : undefined),
    starting: () => true,
    settled: (_id: DeliveryId, { kind }: { kind: string }) => {
      if (kind === 'accepted') accepted++;
    },
  };
  const result = await sample(emails, () => transport.send(source, new AbortController().signal));
  await transport.close();
  if (accepted !== emails) throw new Error(`${emails - accepted} e-mails were not accepted`);
  return result;
}

const paragraph = 'x'.repeat(72);
const letter = {
  from: `Ana & Tom <no-reply@${domain}>`,
  to: envelope.to,
  subject: 'An invitation',
  text: `${paragraph}\n`.repeat(lines / 2),
  html: `<p>${paragraph}</p>\n`.repeat(lines / 2),
};

interface Theirs {
  emails: number;
  isSigned?: boolean;
  /** Hands over what was composed before, which nobody's mailing can. */
  isRaw?: boolean;
}

/** Nodemailer's pool, kept busy. */
async function sendTheirs(sink: SmtpSink, { emails, isSigned, isRaw }: Theirs): Promise<Sample> {
  const transport = nodemailer.createTransport({
    url: sink.url,
    pool: true,
    maxConnections: connections,
    maxMessages: Number.POSITIVE_INFINITY,
    ignoreTLS: true,
    ...(isSigned ? { dkim: { domainName: domain, keySelector: 'bench', privateKey: pem } } : {}),
  });
  let given = 0;
  const lane = async () => {
    while (given++ < emails) await transport.sendMail(isRaw ? { envelope, raw: content } : letter);
  };
  const result = await sample(emails, () =>
    Promise.all(Array.from({ length: connections * 2 }, lane)),
  );
  transport.close();
  return result;
}

async function plain(sink: SmtpSink, perRound: number): Promise<Measure[]> {
  const samples: { ours: Sample; theirs: Sample; raw: Sample; wire: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    samples.push({
      ours: await sendOurs(sink, perRound, false),
      theirs: await sendTheirs(sink, { emails: Math.ceil(perRound / 10) }),
      raw: await sendTheirs(sink, { emails: Math.ceil(perRound / 10), isRaw: true }),
      wire: await runSmtpSource(sink, { messages: perRound, bytes: content.length }),
    });
  }
  const of = (pick: (one: (typeof samples)[number]) => number) => median(samples.map(pick));
  const theirs = `nodemailer, ${Math.round(of((one) => one.theirs.perSecond))} e-mails/s`;
  return [
    atLeast(6, {
      measure: 'e-mails/s, ours / nodemailer’s pool',
      value: of((one) => one.ours.perSecond / one.theirs.perSecond),
      unit: 'x',
      yardstick: theirs,
    }),
    atLeast(0.8, {
      measure: 'e-mails/s, ours / smtp-source',
      value: of((one) => one.ours.perSecond / one.wire),
      unit: 'x',
      yardstick: `smtp-source (C), ${Math.round(of((one) => one.wire))} e-mails/s`,
    }),
    informs({
      measure: 'e-mails/s, ours / nodemailer’s pool with one composed e-mail',
      value: of((one) => one.ours.perSecond / one.raw.perSecond),
      unit: 'x',
      yardstick: `nodemailer, ${Math.round(of((one) => one.raw.perSecond))} e-mails/s`,
    }),
    informs({
      measure: 'throughput',
      value: Math.round(of((one) => one.ours.perSecond)),
      unit: 'e-mails/s',
      yardstick: theirs,
    }),
    informs({
      measure: 'CPU of the process',
      value: of((one) => one.ours.cpuMs),
      unit: 'ms/e-mail',
      yardstick: `nodemailer, ${of((one) => one.theirs.cpuMs).toPrecision(2)} ms/e-mail`,
    }),
  ];
}

async function signed(sink: SmtpSink, perRound: number): Promise<Measure[]> {
  const samples: { ours: Sample; theirs: Sample }[] = [];
  for (let round = 0; round < rounds; round++) {
    samples.push({
      ours: await sendOurs(sink, perRound, true),
      theirs: await sendTheirs(sink, { emails: Math.ceil(perRound / 4), isSigned: true }),
    });
  }
  const of = (pick: (one: (typeof samples)[number]) => number) => median(samples.map(pick));
  return [
    atLeast(5, {
      measure: 'signed by RSA-2048: e-mails/s, ours / nodemailer’s pool',
      value: of((one) => one.ours.perSecond / one.theirs.perSecond),
      unit: 'x',
      yardstick: `nodemailer, ${Math.round(of((one) => one.theirs.perSecond))} e-mails/s`,
    }),
    informs({
      measure: 'signed by RSA-2048: CPU of the process',
      value: of((one) => one.ours.cpuMs),
      unit: 'ms/e-mail',
      yardstick: `nodemailer, ${of((one) => one.theirs.cpuMs).toPrecision(2)} ms/e-mail`,
    }),
  ];
}

/** The way out alone: our SMTP client and its signatures, without ledger and rendering. */
export async function benchWire(seconds: number): Promise<BenchmarkResult> {
  const sink = await startSmtpSink();
  try {
    const warmUp = 2_000;
    await sendOurs(sink, warmUp, true);
    await sendTheirs(sink, { emails: warmUp / 4, isSigned: true });
    const measures = [
      ...(await plain(sink, seconds * 4_000)),
      ...(await signed(sink, seconds * 500)),
    ];
    return { name: 'wire', measures };
  } finally {
    await sink.stop();
  }
}
