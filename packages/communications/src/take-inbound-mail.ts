import type { Logger } from '@wedsync/platform/log';
import { type InboundSmtp, startInboundSmtp } from './adapters/inbound-smtp.ts';
import { createRefusalCounter } from './count-refusals.ts';
import { gatherReports } from './gather-reports.ts';
import { verpKey } from './model/verp.ts';
import { type FeedbackGround, recordDeliveryEvents } from './record-delivery-events.ts';

export interface InboundMailOptions extends FeedbackGround {
  host: string;
  port: number;
  /** Domain of the return paths. */
  domain: string;
  linkSecret: string;
  log: Logger;
}

/** Listens for what comes back to the return paths and records it. */
export async function takeInboundMail(options: InboundMailOptions): Promise<InboundSmtp> {
  const { host, port, domain, linkSecret, log } = options;
  const refusals = createRefusalCounter(options.serviceDb, log);
  const listening = await startInboundSmtp({
    host,
    port,
    domain,
    key: verpKey(linkSecret),
    record: gatherReports((reports) => recordDeliveryEvents(options, reports)),
    refused: (reason) => refusals.count('mail', reason),
    log,
  });
  return {
    port: listening.port,
    async close() {
      await listening.close();
      await refusals.close();
    },
  };
}
