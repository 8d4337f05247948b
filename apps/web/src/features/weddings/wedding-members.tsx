import { useMutation, useQuery } from '@tanstack/react-query';
import { weddingRoles } from '@wedsync/contracts/roles';
import { Button } from '@wedsync/ui/button';
import { Card } from '@wedsync/ui/card';
import { EmptyState } from '@wedsync/ui/empty-state';
import { FailureState, notifyFailure } from '@wedsync/ui/failure-view';
import { Page } from '@wedsync/ui/page-shell';
import { SkeletonRows } from '@wedsync/ui/skeleton';
import { notify } from '@wedsync/ui/toast';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { trpc } from '../../lib/trpc.ts';
import { useWedding, weddingsChanged } from '../../lib/wedding.ts';
import { InviteDialog } from '../members/invite-dialog.tsx';
import { MemberList } from '../members/member-list.tsx';
import { roleWords, weddingRoleNotes } from '../members/role-words.ts';

const roles = weddingRoles.map((value) => ({
  value,
  label: roleWords[value],
  note: weddingRoleNotes[value],
}));

/** People from outside the company who take part in this wedding. */
export function WeddingMembers({ weddingId }: { weddingId: string }) {
  const { orgRole, weddingRole } = useWedding(weddingId);
  const canManage = orgRole === 'owner' || orgRole === 'planner' || weddingRole === 'partner';
  const [isInviteOpen, setInviteOpen] = useState(false);
  const members = useQuery(trpc.weddings.listMembers.queryOptions({ weddingId }));
  const options = {
    onSuccess: weddingsChanged,
    onError: (error: unknown) => {
      weddingsChanged();
      notifyFailure('Nothing was changed', error);
    },
  };
  const update = useMutation(trpc.weddings.updateMember.mutationOptions(options));
  const remove = useMutation(trpc.weddings.removeMember.mutationOptions(options));
  const revoke = useMutation(trpc.weddings.revokeInvitation.mutationOptions(options));
  const invite = useMutation(
    trpc.weddings.inviteMember.mutationOptions({
      onSuccess: ({ email }) => {
        weddingsChanged();
        setInviteOpen(false);
        notify({ tone: 'done', title: `The invitation goes to ${email}` });
      },
    }),
  );
  const { data } = members;
  const isEmpty = data?.members.length === 0 && data.invitations.length === 0;
  const add = canManage ? (
    <Button variant="primary" onPress={() => setInviteOpen(true)}>
      <UserPlus aria-hidden="true" />
      Invite somebody
    </Button>
  ) : null;
  return (
    <Page
      title="People"
      note="The couple, the photographer and others who look into this wedding. Your colleagues see it anyway."
      actions={isEmpty ? null : add}
      width="text"
    >
      {members.error ? (
        <FailureState error={members.error} onRetry={() => void members.refetch()} />
      ) : !data ? (
        <SkeletonRows rows={3} label="The people are loading" />
      ) : isEmpty ? (
        <EmptyState icon={<UserPlus />} title="Plan together with the couple" actions={add}>
          Partners see and change the guest list with you; photographers and viewers only read.
        </EmptyState>
      ) : (
        <Card>
          <MemberList
            list={data}
            roles={roles}
            canChange={canManage}
            canInvite={canManage}
            onRole={({ userId, version }, role) =>
              update.mutate({ weddingId, userId, version, role })
            }
            onRemove={({ userId }) => remove.mutate({ weddingId, userId })}
            onRevoke={({ id }) => revoke.mutate({ weddingId, invitationId: id })}
          />
        </Card>
      )}
      <InviteDialog
        title="Invite to this wedding"
        roles={roles}
        initialRole="partner"
        isOpen={isInviteOpen}
        onOpenChange={setInviteOpen}
        onInvite={(email, role) => invite.mutate({ weddingId, email, role })}
        isPending={invite.isPending}
        error={invite.error}
      />
    </Page>
  );
}
