import type { Delivery } from '@wedsync/contracts/communications';
import { Button } from '@wedsync/ui/button';
import type { GridColumn } from '@wedsync/ui/data-grid';
import { StatusDot } from '@wedsync/ui/status-dot';
import { formatMoment } from '../../../lib/format.ts';
import { deliveryTones, deliveryWords, isFixable, reasonWords } from '../delivery-words.ts';
import { channelWords } from '../message-words.ts';

type Resolution = 'arrived' | 'send_again';

interface ColumnsInput {
  onResolve: (id: string, resolution: Resolution) => void;
  onFix: (delivery: Delivery) => void;
  /** The message uses two channels, so each row says which one it is about. */
  hasFallback: boolean;
}

/** Whom a delivery is for. */
export const deliveryName = ({ guestName, guestId }: Delivery) =>
  guestName || (guestId ? 'Guest to be named' : 'A guest who was removed');

function WhyCell({
  delivery,
  onResolve,
  onFix,
}: { delivery: Delivery } & Omit<ColumnsInput, 'hasFallback'>) {
  const { id, state, reason, code } = delivery;
  return (
    <span className="flex min-w-0 items-center gap-2">
      <span className="min-w-0 truncate">
        {reason ? reasonWords[reason] : ''}
        {code ? <span className="ml-1.5 text-ink-faint text-sm">{code}</span> : null}
      </span>
      {state === 'in_doubt' ? (
        <>
          <Button size="sm" onPress={() => onResolve(id, 'arrived')}>
            It arrived
          </Button>
          <Button size="sm" onPress={() => onResolve(id, 'send_again')}>
            Send again
          </Button>
        </>
      ) : null}
      {delivery.guestId && isFixable(state, reason) ? (
        <Button size="sm" onPress={() => onFix(delivery)}>
          Fix and send…
        </Button>
      ) : null}
    </span>
  );
}

/** A delivery on a phone: who, what became of it, and the way to mend it. */
export function deliveryEntry(input: ColumnsInput): {
  column: GridColumn<Delivery>;
  rowHeight: number;
} {
  const { hasFallback, ...actions } = input;
  return {
    rowHeight: 92,
    column: {
      id: 'delivery',
      header: 'Guest',
      width: 'minmax(0,1fr)',
      cell: (delivery) => (
        <span className="flex min-w-0 flex-1 flex-col justify-center gap-0.5 overflow-hidden">
          <span className="flex items-baseline justify-between gap-3">
            <span className="truncate font-medium">{deliveryName(delivery)}</span>
            <span className="shrink-0 text-sm">
              <StatusDot tone={deliveryTones[delivery.state]}>
                {deliveryWords[delivery.state]}
              </StatusDot>
            </span>
          </span>
          <span className="truncate text-ink-soft text-sm">
            {hasFallback ? `${channelWords[delivery.channel]}: ` : ''}
            {delivery.address ?? 'No address'}
          </span>
          <span className="text-ink-soft text-sm">
            <WhyCell delivery={delivery} {...actions} />
          </span>
        </span>
      ),
    },
  };
}

/** The columns of the list of deliveries. */
export function deliveryColumns(input: ColumnsInput): GridColumn<Delivery>[] {
  const { hasFallback, ...actions } = input;
  const channel: GridColumn<Delivery> = {
    id: 'channel',
    header: 'By',
    width: '9rem',
    cell: ({ channel: by }) => channelWords[by],
  };
  return [
    {
      id: 'guest',
      header: 'Guest',
      width: 'minmax(10rem,1.2fr)',
      isPinned: true,
      cell: (delivery) => <span className="truncate font-medium">{deliveryName(delivery)}</span>,
    },
    {
      id: 'state',
      header: 'What became of it',
      width: '9.5rem',
      cell: ({ state }) => (
        <StatusDot tone={deliveryTones[state]}>{deliveryWords[state]}</StatusDot>
      ),
    },
    ...(hasFallback ? [channel] : []),
    {
      id: 'reason',
      header: 'Why',
      width: 'minmax(22rem,2.4fr)',
      cell: (delivery) => <WhyCell delivery={delivery} {...actions} />,
    },
    {
      id: 'address',
      header: 'Address',
      width: 'minmax(11rem,1.4fr)',
      cell: ({ address }) => <span className="truncate">{address ?? ''}</span>,
    },
    {
      id: 'when',
      header: 'When',
      width: '11rem',
      cell: ({ sentAt, nextAttemptAt }) => (
        <span className="tabular truncate">
          {sentAt
            ? formatMoment(sentAt)
            : nextAttemptAt
              ? `next try ${formatMoment(nextAttemptAt)}`
              : ''}
        </span>
      ),
    },
  ];
}
