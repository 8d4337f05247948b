import type { SmsProviderStatus } from '@wedsync/contracts/communications-sms';
import type { SmsStore, StoredText } from './sms-store.ts';
import { createWebhookSender, type WebhookTarget } from './sms-webhook.ts';

export interface SmsOutcome {
  status: SmsProviderStatus;
  code?: string;
}

/** Tells the installation what became of texts, and what people wrote. */
export interface SmsReports {
  status(text: StoredText, outcome: SmsOutcome): Promise<void>;
  statusLater(text: StoredText, outcome: SmsOutcome): void;
  inbound(text: StoredText): Promise<void>;
  /** Where reports go from now on; what was not taken before is reported there. */
  target(target: WebhookTarget): void;
  stop(): void;
}

/** @param delayMs from the acceptance of a text to the report about it */
export function createSmsReports(store: SmsStore, delayMs: number): SmsReports {
  const timers = new Set<NodeJS.Timeout>();
  let webhook: ReturnType<typeof createWebhookSender> | undefined;

  const reports: SmsReports = {
    async status(text, { status, code }) {
      await store.update(text.id, { status });
      const isTaken = await webhook?.report({
        kind: 'status',
        eventId: `${text.id}-${status}`,
        at: new Date().toISOString(),
        reference: text.reference ?? '',
        providerRef: text.id,
        status,
        code: code ?? null,
      });
      if (isTaken) await store.update(text.id, { isReported: true });
    },
    statusLater(text, outcome) {
      const timer = setTimeout(() => {
        timers.delete(timer);
        void reports.status(text, outcome);
      }, delayMs);
      timers.add(timer);
    },
    async inbound({ id, at, from, to, text }) {
      const event = { kind: 'inbound', eventId: id, at, from, to, text } as const;
      if (await webhook?.report(event)) await store.update(id, { isReported: true });
    },
    target(target) {
      webhook?.stop();
      webhook = createWebhookSender(target);
      for (const text of store.unreported()) {
        if (text.direction === 'from_guest') void reports.inbound(text);
        else void reports.status(text, { status: 'delivered' });
      }
    },
    stop() {
      for (const timer of timers) clearTimeout(timer);
      webhook?.stop();
    },
  };
  return reports;
}
