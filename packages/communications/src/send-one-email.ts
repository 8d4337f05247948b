import type { DeliveryId } from '@wedsync/contracts/ids';
import type { MailTransport, OutboundEmail, SendOutcome } from './ports.ts';

/** Hands over one e-mail that is not of the ledger, such as a test, and says what became of it. */
export async function sendOneEmail(
  transport: MailTransport,
  email: OutboundEmail,
  signal: AbortSignal,
): Promise<SendOutcome> {
  let outcome: SendOutcome = { kind: 'withheld' };
  let waiting: OutboundEmail | undefined = email;
  await transport.send(
    {
      next() {
        const next = waiting;
        waiting = undefined;
        return next;
      },
      starting: () => true,
      settled(_id: DeliveryId, settled: SendOutcome) {
        outcome = settled;
      },
    },
    signal,
  );
  return outcome;
}
