import { useQuery } from '@tanstack/react-query';
import type { GuestRow } from '@wedsync/contracts/guests';
import { Dialog } from '@wedsync/ui/dialog';
import { FailureState } from '@wedsync/ui/failure-view';
import { SkeletonRows } from '@wedsync/ui/skeleton';
import { Tabs } from '@wedsync/ui/tabs';
import { trpc } from '../../lib/trpc.ts';
import { useCanEdit } from '../../lib/wedding.ts';
import { GuestDetails } from './guest-details.tsx';
import { GuestEvents } from './guest-events.tsx';
import { GuestHistory } from './guest-history.tsx';
import { HouseholdPanel } from './household-panel.tsx';
import { guestName } from './words.ts';

interface GuestDrawerProps {
  weddingId: string;
  guestId: string;
  rows: readonly GuestRow[];
  /** Opens another guest, or closes with `undefined`. */
  onOpen: (guestId: string | undefined) => void;
}

/** One guest beside the list: details, events, household, history. */
export function GuestDrawer({ weddingId, guestId, rows, onOpen }: GuestDrawerProps) {
  const guest = useQuery(trpc.guests.get.queryOptions({ weddingId, guestId }));
  const canEdit = useCanEdit(weddingId);
  const { data } = guest;
  const close = () => onOpen(undefined);
  return (
    <Dialog
      kind="drawer"
      isOpen
      onOpenChange={close}
      isDismissable={false}
      title={data ? guestName(data) : 'Guest'}
      subtitle={data?.householdName}
    >
      {guest.error ? (
        <FailureState error={guest.error} onRetry={() => void guest.refetch()} />
      ) : data ? (
        <Tabs
          label="About this guest"
          tabs={[
            {
              id: 'details',
              label: 'Details',
              content: <GuestDetails {...{ weddingId, canEdit }} guest={data} onClose={close} />,
            },
            {
              id: 'events',
              label: 'Events',
              content: <GuestEvents {...{ weddingId, canEdit }} guest={data} />,
            },
            {
              id: 'household',
              label: 'Household',
              content: (
                <HouseholdPanel {...{ weddingId, rows, canEdit }} guest={data} onOpen={onOpen} />
              ),
            },
            {
              id: 'history',
              label: 'History',
              content: <GuestHistory {...{ weddingId, guestId }} />,
            },
          ]}
        />
      ) : (
        <SkeletonRows label="The guest is loading" />
      )}
    </Dialog>
  );
}
