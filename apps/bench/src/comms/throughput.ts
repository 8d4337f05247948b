import type { TestDatabase } from '@wedsync/db/testing/database';
import { atLeast, atMost, informs, type Measure, median } from '../report.ts';
import { type ContestReport, type Letter, runContestant } from './contest.ts';
import {
  type MailingRig,
  type MailingSample,
  openMailingRig,
  sendOnce,
  wording,
} from './mailing.ts';
import { runSmtpSource, type SmtpSink, startSmtpSink } from './smtp-tools.ts';

export interface ThroughputOptions {
  /** Guests of our mailing; the slower contestants send fewer. */
  guests: number;
  rounds: number;
  redisUrl: string | undefined;
}

const connections = 20;
/** Headers and encodings beside the two parts; what `smtp-source` is told to send. */
const overheadBytes = 1_200;

/** The same letter for everybody: as one guest gets it from us. */
async function letterOf({ mutate }: MailingRig): Promise<Letter> {
  const answer = await mutate('communications.previewMessage', {
    kind: 'invitation',
    defaultLanguage: 'en',
    wordings: [{ channel: 'email', language: 'en', format: 'text', ...wording }],
  });
  const { subject, html, text } = (answer as { result: { data: Letter } }).result.data;
  return { subject, html, text };
}

interface Round {
  ours: MailingSample;
  nodemailer: ContestReport;
  conventional: ContestReport;
  source: number;
}

async function runRound(
  rig: MailingRig,
  sink: SmtpSink,
  { letter, guests, redisUrl }: ThroughputOptions & { letter: Letter },
): Promise<Round> {
  const order = {
    ...letter,
    smtpUrl: sink.url,
    connections,
    databaseUrl: rig.db.adminUrl,
    redisUrl,
  };
  const bytes = Buffer.byteLength(letter.html) + Buffer.byteLength(letter.text) + overheadBytes;
  return {
    ours: await sendOnce(rig, guests),
    nodemailer: await runContestant('nodemailer-loop', { ...order, messages: guests / 4 }),
    conventional: await runContestant('job-per-message', { ...order, messages: guests / 10 }),
    source: await runSmtpSource(sink, { messages: guests, bytes }),
  };
}

/** E-mails a second of the whole pipeline against three others, in turn, on one sink. */
export async function measureThroughput(
  db: TestDatabase,
  options: ThroughputOptions,
): Promise<Measure[]> {
  const { guests } = options;
  const sink = await startSmtpSink();
  const rig = await openMailingRig(db, { guests, smtpUrl: sink.url });
  try {
    const letter = await letterOf(rig);
    await sendOnce(rig, guests);
    const rounds: Round[] = [];
    for (let round = 0; round < options.rounds; round++) {
      rounds.push(await runRound(rig, sink, { ...options, letter }));
    }
    return figures(rounds, letter);
  } finally {
    await rig.stop();
    await sink.stop();
  }
}

function figures(rounds: readonly Round[], letter: Letter): Measure[] {
  const of = (pick: (round: Round) => number) => median(rounds.map(pick));
  const html = `${(Buffer.byteLength(letter.html) / 1_000).toFixed(1)} kB of HTML`;
  const ratio = (measure: string, yardstick: string, pick: (round: Round) => number) => ({
    measure: `pipeline ÷ ${measure}`,
    value: of((round) => round.ours.perSecond / pick(round)),
    unit: 'x',
    yardstick: `${yardstick}, ${of(pick).toFixed(0)}/s`,
  });
  return [
    atLeast(
      3,
      ratio('nodemailer loop', `pool of ${connections}`, (r) => r.nodemailer.perSecond),
      6,
    ),
    atLeast(
      15,
      ratio('job per message', 'BullMQ, liquid, nodemailer', (r) => r.conventional.perSecond),
      30,
    ),
    atLeast(
      0.4,
      ratio('smtp-source', 'Postfix, in C', (r) => r.source),
      0.8,
    ),
    informs({
      measure: 'pipeline: e-mails',
      value: Math.round(of((round) => round.ours.perSecond)),
      unit: '/s',
      yardstick: `from the click to a balanced ledger, ${html}`,
    }),
    atMost(
      0.25,
      {
        measure: 'pipeline: CPU of the worker per e-mail',
        value: of((round) => round.ours.cpuMsPerMessage),
        unit: 'ms',
        yardstick: `nodemailer loop ${of((r) => r.nodemailer.cpuMsPerMessage).toFixed(2)} ms, job per message ${of((r) => r.conventional.cpuMsPerMessage).toFixed(2)} ms`,
      },
      0.1,
    ),
  ];
}
