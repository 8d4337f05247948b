import type { Logger } from '@wedsync/platform/log';
import type { InboundSmtp, InboundTls } from './adapters/inbound-smtp.ts';
import { createRefusalCounter } from './count-refusals.ts';
import { forwardReply } from './forward-reply.ts';
import { gatherReports } from './gather-reports.ts';
import { verpKey } from './model/verp.ts';
import type { MailTransport } from './ports.ts';
import { type FeedbackGround, recordDeliveryEvents } from './record-delivery-events.ts';

export interface InboundMailOptions extends FeedbackGround {
  host: string;
  port: number;
  /** Domain of the return paths and of addresses for answers. */
  domain: string;
  linkSecret: string;
  /** The way by which answers of guests go on to the planner's mailbox. */
  transport: MailTransport;
  /** Sender of what is passed on. */
  mailFrom: string;
  tls?: InboundTls | undefined;
  log: Logger;
}

/** Listens for what comes back to the return paths, records it, and passes answers on. */
export async function takeInboundMail(options: InboundMailOptions): Promise<InboundSmtp> {
  const { host, port, domain, linkSecret, tls, log } = options;
  // A server and a parser that only a listening worker carries.
  const { startInboundSmtp } = await import('./adapters/inbound-smtp.ts');
  const refusals = createRefusalCounter(options.serviceDb, log);
  const listening = await startInboundSmtp({
    host,
    port,
    domain,
    key: verpKey(linkSecret),
    record: gatherReports((reports) => recordDeliveryEvents(options, reports)),
    forward: (reply) => forwardReply(options, reply),
    refused: (reason) => refusals.count('mail', reason),
    tls,
    log,
  });
  return {
    ...listening,
    async close() {
      await listening.close();
      await refusals.close();
    },
  };
}
