import type { SmsSendRequest } from '@wedsync/contracts/communications-sms';
import { countSmsSegments } from '@wedsync/contracts/sms-segments';
import { loopback } from './free-port.ts';
import { closeHttp, listenOnLoopback } from './loopback-server.ts';
import { createSmsApi, type SubmitAnswer } from './sms-api.ts';
import { createSmsReports, type SmsOutcome } from './sms-reports.ts';
import { openSmsStore, type SmsStore, type StoredText } from './sms-store.ts';
import type { WebhookTarget } from './sms-webhook.ts';

export type { SmsPage, SmsQuery, SmsStore, StoredText } from './sms-store.ts';

/** What the simulator does with a text; may be changed at any time, for tests that need trouble. */
export interface SmsRules {
  /** Before it is stored: refuse it, or say nothing. `accept` where absent. */
  submit?: (request: SmsSendRequest) => 'accept' | SubmitAnswer;
  /** After it was stored: hang up instead of answering, so that the sender cannot know. */
  dropAnswer?: (request: SmsSendRequest) => boolean;
  /** What becomes of it; `delivered` where absent, null for never. */
  outcome?: (request: SmsSendRequest) => SmsOutcome | null;
}

export interface SmsSimulatorOptions {
  /** Where texts are kept between runs. */
  dir: string;
  /** Bearer token of both sides. */
  token: string;
  /** 0 or absent: a free port. */
  port?: number;
  /** Where reports and answers go; without it nothing is reported. */
  webhook?: WebhookTarget;
  rules?: SmsRules;
  /** From acceptance to the report. */
  deliveryMs?: number;
  textsMax?: number;
}

export interface SmsSimulator {
  /** As SMS_URL: where texts are handed in. */
  readonly providerUrl: string;
  /** As SMS_SIMULATOR_URL: where they are read. */
  readonly url: string;
  readonly store: SmsStore;
  /** May be changed at any time. */
  rules: SmsRules;
  /** Every request that arrived whole, also those that were refused or repeated. */
  readonly requests: SmsSendRequest[];
  /** Where reports go from now on: a server that chooses its port only when it starts. */
  reportTo(target: WebhookTarget): void;
  /** Writes as a person would, also to somebody who has not had a text. */
  receive(text: { from: string; to: string; text: string }): Promise<StoredText>;
  stop(): Promise<void>;
}

const requestsKept = 50_000;

/**
 * A provider of text messages on loopback that delivers none: it stores every text, refuses to take
 * one twice under the same key, signs reports about them, and lets a person answer.
 * @throws DomainError unavailable when a given port is taken
 */
export async function startSmsSimulator(options: SmsSimulatorOptions): Promise<SmsSimulator> {
  const store = await openSmsStore(options.dir, options.textsMax ?? 20_000);
  const reports = createSmsReports(store, options.deliveryMs ?? 300);
  const requests: SmsSendRequest[] = [];

  async function submit(request: SmsSendRequest): Promise<SubmitAnswer> {
    const { rules } = simulator;
    if (requests.push(request) > requestsKept) requests.shift();
    const known = store.findByKey(request.id);
    if (known) return { status: 202, providerRef: known.id, isRepeat: true };
    const verdict = rules.submit?.(request) ?? 'accept';
    if (verdict !== 'accept') return verdict;
    const { reference } = request;
    // Without a reference nobody asked for a report.
    const outcome = reference === '' ? null : (rules.outcome ?? isDelivered)(request);
    const stored = await store.add({
      ...described('to_guest', request),
      ...{ status: 'accepted', key: request.id, reference, isReported: outcome === null },
    });
    if (outcome) reports.statusLater(stored, outcome);
    if (rules.dropAnswer?.(request)) return 'drop';
    return { status: 202, providerRef: stored.id, isRepeat: false };
  }

  async function receive(text: { from: string; to: string; text: string }) {
    const stored = await store.add({
      ...described('from_guest', text),
      ...{ status: null, key: null, reference: null, isReported: false },
    });
    void reports.inbound(stored);
    return stored;
  }

  const server = createSmsApi({
    store,
    token: options.token,
    submit,
    reply: (text, answer) => receive({ from: text.to, to: text.from, text: answer }),
  });
  const port = await listenOnLoopback(server, options.port, 'the SMS simulator');
  const url = `http://${loopback}:${port}`;
  const simulator: SmsSimulator = {
    providerUrl: `${url}/v1/texts`,
    url,
    store,
    rules: options.rules ?? {},
    requests,
    reportTo: (target) => reports.target(target),
    receive,
    async stop() {
      reports.stop();
      await closeHttp(server);
    },
  };
  if (options.webhook) reports.target(options.webhook);
  return simulator;
}

const isDelivered = (): SmsOutcome => ({ status: 'delivered' });

function described(
  direction: StoredText['direction'],
  { from, to, text }: { from: string; to: string; text: string },
) {
  const { segments, encoding } = countSmsSegments(text);
  return { direction, from, to, text, segments, encoding };
}
