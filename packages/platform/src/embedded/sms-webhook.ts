import { setTimeout as sleep } from 'node:timers/promises';
import type { SmsWebhookEvent } from '@wedsync/contracts/communications-sms';
import { newUuid } from '@wedsync/contracts/ids';
import { signWebhook } from '../webhook-signature.ts';

export interface WebhookTarget {
  url: string;
  secret: string;
}

/** Tells a webhook what happened, in order and until it has taken it. */
export interface WebhookSender {
  /** True once the receiver has taken the event; false where the sender was stopped before. */
  report(event: SmsWebhookEvent): Promise<boolean>;
  stop(): void;
}

const eventsPerCall = 500;
const gatherMs = 20;
const timeoutMs = 10_000;
const retryDelaysMs = [250, 500, 1_000, 2_000, 5_000];

interface Waiting {
  event: SmsWebhookEvent;
  done: (isTaken: boolean) => void;
}

/**
 * Posts events signed and bundled. A call that fails is repeated under the same id, with growing
 * pauses and without end: the receiver may only be starting.
 */
export function createWebhookSender({ url, secret }: WebhookTarget): WebhookSender {
  const waiting: Waiting[] = [];
  const stopped = new AbortController();
  const pause = (ms: number) =>
    sleep(ms, undefined, { signal: stopped.signal }).catch(() => undefined);
  let running = false;

  async function post(events: readonly SmsWebhookEvent[], id: string): Promise<boolean> {
    const body = JSON.stringify({ events });
    const headers = signWebhook(secret, { id, body, at: new Date() });
    const signal = AbortSignal.any([stopped.signal, AbortSignal.timeout(timeoutMs)]);
    const answer = await fetch(url, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
      signal,
    }).catch(() => undefined);
    await answer?.body?.cancel();
    // What is refused for good would be refused again: a real provider gives up on 4xx, too.
    return answer !== undefined && answer.status < 500 && answer.status !== 429;
  }

  async function run(): Promise<void> {
    while (waiting.length > 0 && !stopped.signal.aborted) {
      await pause(gatherMs);
      const bundle = waiting.slice(0, eventsPerCall);
      const id = `sim_${newUuid()}`;
      const events = bundle.map(({ event }) => event);
      for (let attempt = 0; !(await post(events, id)); attempt++) {
        if (stopped.signal.aborted) return;
        await pause(retryDelaysMs[Math.min(attempt, retryDelaysMs.length - 1)] ?? 0);
      }
      for (const { done } of waiting.splice(0, bundle.length)) done(true);
    }
  }

  return {
    report(event) {
      return new Promise((done) => {
        waiting.push({ event, done });
        if (running) return;
        running = true;
        void run().finally(() => {
          running = false;
        });
      });
    },
    stop() {
      stopped.abort();
      for (const { done } of waiting.splice(0)) done(false);
    },
  };
}
