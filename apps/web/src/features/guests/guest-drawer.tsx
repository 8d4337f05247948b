import { useQuery } from '@tanstack/react-query';
import { lazyRouteComponent } from '@tanstack/react-router';
import type { GuestRow } from '@wedsync/contracts/guests';
import { Callout } from '@wedsync/ui/callout';
import { Dialog } from '@wedsync/ui/dialog';
import { FailureState } from '@wedsync/ui/failure-view';
import { SkeletonRows } from '@wedsync/ui/skeleton';
import { Tabs } from '@wedsync/ui/tabs';
import { Suspense } from 'react';
import { trpc } from '../../lib/trpc.ts';
import { useCanEdit } from '../../lib/wedding.ts';
import { GuestDetails } from './guest-details.tsx';
import { GuestEvents } from './guest-events.tsx';
import { GuestHistory } from './guest-history.tsx';
import { HouseholdPanel } from './household-panel.tsx';
import { guestName } from './words.ts';

// Not needed to see the guest: each arrives when its tab is opened.
const GuestTimeline = lazyRouteComponent(
  () => import('../communications/guest-timeline.tsx'),
  'GuestTimeline',
);
const GuestPrivacy = lazyRouteComponent(
  () => import('../privacy/guest-privacy.tsx'),
  'GuestPrivacy',
);

interface GuestDrawerProps {
  weddingId: string;
  guestId: string;
  rows: readonly GuestRow[];
  /** Opens another guest, or closes with `undefined`. */
  onOpen: (guestId: string | undefined) => void;
}

/** One guest beside the list: details, events, household, messages, privacy, history. */
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
              content: data.isErased ? (
                <ErasedNote />
              ) : (
                <GuestDetails {...{ weddingId, canEdit }} guest={data} onClose={close} />
              ),
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
              id: 'messages',
              label: 'Messages',
              content: (
                <Suspense fallback={<SkeletonRows label="The messages are loading" />}>
                  <GuestTimeline {...{ weddingId, canEdit }} guest={data} />
                </Suspense>
              ),
            },
            {
              id: 'privacy',
              label: 'Privacy',
              content: (
                <Suspense fallback={<SkeletonRows label="The consents are loading" />}>
                  <GuestPrivacy
                    {...{ weddingId }}
                    canEdit={canEdit && !data.isErased}
                    guest={data}
                    onErased={close}
                  />
                </Suspense>
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

/** What is left of a guest whose key was destroyed. */
function ErasedNote() {
  return (
    <Callout tone="info" title="This guest was erased">
      Name, address, number, notes, diets and answers to questions are gone and cannot be brought
      back. What they answered to each event stays as a number, and their wish not to be written to
      holds.
    </Callout>
  );
}
