import { useMutation, useQuery } from '@tanstack/react-query';
import type { Guest, GuestRow } from '@wedsync/contracts/guests';
import { Button } from '@wedsync/ui/button';
import { FailureState, notifyFailure } from '@wedsync/ui/failure-view';
import { SkeletonRows } from '@wedsync/ui/skeleton';
import { UserPlus } from 'lucide-react';
import { trpc } from '../../lib/trpc.ts';
import { FormSection } from './guest-fields-form.tsx';
import { guestsChanged } from './guests-changed.ts';
import { HouseholdForm } from './household-form.tsx';
import { HouseholdLink } from './household-link.tsx';
import { guestName } from './words.ts';

interface HouseholdPanelProps {
  weddingId: string;
  guest: Guest;
  rows: readonly GuestRow[];
  canEdit: boolean;
  onOpen: (guestId: string) => void;
}

/** Who lives at the same address and answers together; companions; the personal link. */
export function HouseholdPanel({ weddingId, guest, rows, canEdit, onOpen }: HouseholdPanelProps) {
  const { householdId } = guest;
  const household = useQuery(trpc.guests.getHousehold.queryOptions({ weddingId, householdId }));
  const addCompanion = useMutation(
    trpc.guests.create.mutationOptions({
      onSuccess: guestsChanged,
      onError: (error) => notifyFailure('The companion was not added', error),
    }),
  );
  const members = rows.filter((row) => row.householdId === householdId);
  if (household.error) {
    return <FailureState error={household.error} onRetry={() => void household.refetch()} />;
  }
  if (!household.data) return <SkeletonRows label="The household is loading" />;
  return (
    <div className="flex flex-col gap-7">
      <FormSection title="People">
        <ul className="m-0 list-none divide-y divide-line p-0">
          {members.map((row) => (
            <li key={row.id} className="flex min-h-10 items-center justify-between gap-3">
              <span className="min-w-0 truncate">
                {guestName(row)}
                {row.plusOneOf ? <span className="text-ink-soft text-sm"> · companion</span> : null}
              </span>
              {row.id === guest.id ? (
                <span className="px-2.5 text-ink-soft text-sm">Open now</span>
              ) : (
                <Button size="sm" variant="quiet" onPress={() => onOpen(row.id)}>
                  Open
                </Button>
              )}
            </li>
          ))}
        </ul>
        {canEdit && !guest.plusOneOf ? (
          <Button
            className="self-start"
            isPending={addCompanion.isPending}
            onPress={() =>
              addCompanion.mutate({
                weddingId,
                plusOneOf: guest.id,
                eventIds: guest.invitations.map(({ eventId }) => eventId),
              })
            }
          >
            <UserPlus aria-hidden="true" />
            Add a place for a companion
          </Button>
        ) : null}
      </FormSection>
      {canEdit ? <HouseholdLink weddingId={weddingId} household={household.data} /> : null}
      <HouseholdForm
        key={household.data.version}
        weddingId={weddingId}
        household={household.data}
        canEdit={canEdit}
      />
    </div>
  );
}
