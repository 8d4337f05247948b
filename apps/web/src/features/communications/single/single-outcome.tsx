import { useQuery } from '@tanstack/react-query';
import type { Delivery, DeliveryState } from '@wedsync/contracts/communications';
import { Callout } from '@wedsync/ui/callout';
import { FailureState } from '@wedsync/ui/failure-view';
import { LinkButton } from '@wedsync/ui/link-button';
import { ProgressBar } from '@wedsync/ui/progress-bar';
import { formatMoment } from '../../../lib/format.ts';
import { paths } from '../../../lib/paths.ts';
import { trpc } from '../../../lib/trpc.ts';
import { deliveryWords, reasonWords } from '../delivery-words.ts';

const everyMs = 700;
const open: readonly DeliveryState[] = ['ready', 'claimed'];
const good: readonly DeliveryState[] = ['sent', 'delivered'];

/** It leaves within a second; what takes longer waits for a reason that can be said. */
const isUnderWay = (delivery: Delivery | undefined) => !delivery || open.includes(delivery.state);

function waitsUntil({ nextAttemptAt, state }: Delivery): string | undefined {
  const isLater = state === 'ready' && nextAttemptAt && new Date(nextAttemptAt) > new Date();
  return isLater ? formatMoment(nextAttemptAt) : undefined;
}

/** What became of a message to one guest, from the moment it was sent. */
export function SingleOutcome({ weddingId, messageId }: { weddingId: string; messageId: string }) {
  const deliveries = useQuery({
    ...trpc.communications.listDeliveries.queryOptions({ weddingId, messageId, limit: 5 }),
    refetchInterval: ({ state }) => (isUnderWay(state.data?.items[0]) ? everyMs : 3_000),
  });
  const delivery = deliveries.data?.items[0];
  if (deliveries.error) {
    return <FailureState error={deliveries.error} onRetry={() => void deliveries.refetch()} />;
  }
  const later = delivery && waitsUntil(delivery);
  return (
    <div className="flex flex-col gap-4">
      {later ? (
        <Callout tone="info" isLive title={`It waits until ${later}`}>
          Nobody is texted at night, and a mail server that was not ready is asked again.
        </Callout>
      ) : !delivery || isUnderWay(delivery) ? (
        <ProgressBar label="It is on its way" />
      ) : (
        <Outcome delivery={delivery} />
      )}
      <LinkButton variant="quiet" href={paths.message(weddingId, messageId)} className="self-start">
        Open the message
      </LinkButton>
    </div>
  );
}

function Outcome({ delivery }: { delivery: Delivery }) {
  const { state, reason, address, sentAt, code } = delivery;
  const isGood = good.includes(state);
  return (
    <Callout
      tone={isGood ? 'positive' : state === 'in_doubt' ? 'caution' : 'critical'}
      isLive
      title={reason && !isGood ? reasonWords[reason] : deliveryWords[state]}
    >
      {isGood
        ? `${address ? `To ${address}` : 'It'}${sentAt ? `, ${formatMoment(sentAt)}` : ''}. What comes back appears among this guest’s messages.`
        : state === 'skipped'
          ? 'Nothing left. The reason is kept with the guest’s messages.'
          : `The other side said ${code ?? 'nothing'}. It is kept with the guest’s messages.`}
    </Callout>
  );
}
