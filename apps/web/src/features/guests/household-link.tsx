import { useMutation } from '@tanstack/react-query';
import type { Household } from '@wedsync/contracts/households';
import { Button } from '@wedsync/ui/button';
import { ConfirmDialog } from '@wedsync/ui/confirm-dialog';
import { FailureNote } from '@wedsync/ui/failure-view';
import { TextField } from '@wedsync/ui/text-field';
import { notify } from '@wedsync/ui/toast';
import { Copy, Link2 } from 'lucide-react';
import { useState } from 'react';
import { trpc } from '../../lib/trpc.ts';
import { FormSection } from './guest-fields-form.tsx';
import { guestsChanged } from './guests-changed.ts';

/** The address at which the household answers without an account; it can be taken back. */
export function HouseholdLink({
  weddingId,
  household,
}: {
  weddingId: string;
  household: Household;
}) {
  const [isRevoking, setRevoking] = useState(false);
  const target = { weddingId, householdId: household.id };
  const issue = useMutation(
    trpc.guests.issueHouseholdLink.mutationOptions({ onSuccess: guestsChanged }),
  );
  const revoke = useMutation(
    trpc.guests.revokeHouseholdLink.mutationOptions({
      onSuccess: () => {
        setRevoking(false);
        issue.reset();
        void guestsChanged();
        notify({ tone: 'done', title: 'Earlier links do not work any more' });
      },
    }),
  );
  const address = issue.data ? `${window.location.origin}/r/${issue.data.token}` : null;
  const copy = async () => {
    if (!address) return;
    await navigator.clipboard.writeText(address);
    notify({ tone: 'done', title: 'The link is copied' });
  };
  return (
    <FormSection title="Personal link">
      <p className="text-ink-soft text-sm">
        Whoever has this link answers for the household, without an account. Invitations carry it;
        show it here to send it another way.
      </p>
      {address ? (
        <div className="flex items-end gap-2">
          <TextField label="Link" value={address} isReadOnly className="flex-1" />
          <Button onPress={() => void copy()}>
            <Copy aria-hidden="true" />
            Copy
          </Button>
        </div>
      ) : null}
      <FailureNote error={issue.error} />
      <div className="flex flex-wrap gap-2">
        {address ? null : (
          <Button onPress={() => issue.mutate(target)} isPending={issue.isPending}>
            <Link2 aria-hidden="true" />
            Show the link
          </Button>
        )}
        {household.hasLink || address ? (
          <Button variant="quiet" className="text-critical" onPress={() => setRevoking(true)}>
            Stop all links
          </Button>
        ) : null}
      </div>
      <ConfirmDialog
        isOpen={isRevoking}
        onOpenChange={setRevoking}
        title="Stop every link of this household?"
        confirmLabel="Stop the links"
        onConfirm={() => revoke.mutate(target)}
        isPending={revoke.isPending}
        error={<FailureNote error={revoke.error} />}
      >
        Links that were already sent stop working at once, also in e-mails that arrived. Send a new
        invitation or show a new link afterwards.
      </ConfirmDialog>
    </FormSection>
  );
}
