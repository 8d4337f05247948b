import {
  EmailWebhook,
  type EmailWebhookEvent,
  type WebhookAnswer,
} from '@wedsync/contracts/communications-feedback';
import type { WeddingId } from '@wedsync/contracts/ids';
import { parseInput } from '@wedsync/service/parse';
import { answerWebhookOnce } from './answer-webhook-once.ts';
import { bounceClassOf } from './model/inbound/classify-mail.ts';
import { providerIn } from './model/inbound/mail-providers.ts';
import { readVerp } from './model/verp.ts';
import {
  type DeliveryReport,
  type FeedbackGround,
  recordReports,
  wakeWeddings,
} from './record-delivery-events.ts';

/** What return paths are read with. */
export interface ReturnPaths {
  /** From `verpKey`. */
  key: Buffer;
  domain: string;
}

/** A call whose signature holds. */
export interface EmailWebhookCall {
  provider: string;
  /** Its `webhook-id`. */
  id: string;
  body: unknown;
}

const codeShape = /^[245](?:\.\d{1,3}\.\d{1,3}|\d\d)$/;

function reportOf(
  event: EmailWebhookEvent,
  provider: string,
  { key, domain }: ReturnPaths,
): DeliveryReport | undefined {
  const { reference, type, at, code = '', diagnostic = '' } = event;
  const address = reference.includes('@') ? reference : `${reference}@${domain}`;
  const target = readVerp(key, address.replace(/^<|>$/g, ''), domain);
  if (!target) return undefined;
  return {
    ...target,
    kind: type,
    source: 'webhook',
    at,
    provider: providerIn(diagnostic),
    ...(codeShape.test(code) ? { code } : {}),
    ...(event.id ? { dedupe: `${provider}|${event.id}` } : {}),
    ...(type === 'bounced'
      ? { bounceClass: event.bounceClass ?? bounceClassOf(code, diagnostic) }
      : {}),
  };
}

/**
 * Records a batch of events that a mail provider posted; a repeated call gets the first answer.
 * References that are not ours are counted and otherwise left alone: one foreign event in a batch
 * must not keep the others out.
 * @throws DomainError `invalid` where the body is not what the contract says
 */
export async function takeEmailWebhook(
  ground: FeedbackGround,
  paths: ReturnPaths,
  { provider, id, body }: EmailWebhookCall,
): Promise<WebhookAnswer> {
  const { events } = parseInput(EmailWebhook, body);
  const reports = events.flatMap((event) => reportOf(event, provider, paths) ?? []);
  let weddings: WeddingId[] = [];
  const answer = await ground.serviceDb.run('feedback.record', (tx) =>
    answerWebhookOnce(tx, { channel: 'email', provider, id }, async () => {
      const result = await recordReports(tx, reports);
      weddings = result.weddings;
      const unknown = events.length - reports.length + result.unknown;
      const { recorded } = result;
      return {
        received: events.length,
        recorded,
        known: events.length - recorded - unknown,
        unknown,
      };
    }),
  );
  wakeWeddings(ground.wake, weddings);
  return answer;
}
