import { useMutation, useQuery } from '@tanstack/react-query';
import { type OrgRole, orgRoles } from '@wedsync/contracts/roles';
import { Button } from '@wedsync/ui/button';
import { Card } from '@wedsync/ui/card';
import { FailureState, notifyFailure } from '@wedsync/ui/failure-view';
import { SkeletonRows } from '@wedsync/ui/skeleton';
import { notify } from '@wedsync/ui/toast';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { accountChanged } from '../../lib/session.ts';
import { trpc } from '../../lib/trpc.ts';
import { weddingsChanged } from '../../lib/wedding.ts';
import { InviteDialog } from '../members/invite-dialog.tsx';
import { MemberList } from '../members/member-list.tsx';
import { orgRoleNotes, roleWords } from '../members/role-words.ts';

const roles = orgRoles.map((value) => ({
  value,
  label: roleWords[value],
  note: orgRoleNotes[value],
}));

/** Who works for the company, with role. */
export function OrganizationMembers({ orgId, role }: { orgId: string; role: OrgRole | undefined }) {
  const [isInviteOpen, setInviteOpen] = useState(false);
  const members = useQuery(trpc.weddings.listOrgMembers.queryOptions({ orgId }));
  const changed = () => {
    weddingsChanged();
    accountChanged();
  };
  const options = {
    onSuccess: changed,
    onError: (error: unknown) => {
      changed();
      notifyFailure('Nothing was changed', error);
    },
  };
  const update = useMutation(trpc.weddings.updateOrgMember.mutationOptions(options));
  const remove = useMutation(trpc.weddings.removeOrgMember.mutationOptions(options));
  const revoke = useMutation(trpc.weddings.revokeOrgInvitation.mutationOptions(options));
  const invite = useMutation(
    trpc.weddings.inviteOrgMember.mutationOptions({
      onSuccess: ({ email }) => {
        weddingsChanged();
        setInviteOpen(false);
        notify({ tone: 'done', title: `The invitation goes to ${email}` });
      },
    }),
  );
  const canInvite = role === 'owner' || role === 'planner';
  return (
    <Card
      title="Colleagues"
      note="They see every wedding of the company."
      actions={
        canInvite ? (
          <Button size="sm" onPress={() => setInviteOpen(true)}>
            <UserPlus aria-hidden="true" />
            Invite
          </Button>
        ) : null
      }
    >
      {members.error ? (
        <FailureState error={members.error} onRetry={() => void members.refetch()} />
      ) : members.data ? (
        <MemberList
          list={members.data}
          roles={roles}
          canChange={role === 'owner'}
          canInvite={canInvite}
          onRole={({ userId, version }, next) =>
            update.mutate({ orgId, userId, version, role: next })
          }
          onRemove={({ userId }) => remove.mutate({ orgId, userId })}
          onRevoke={({ id }) => revoke.mutate({ orgId, invitationId: id })}
        />
      ) : (
        <SkeletonRows rows={3} label="The colleagues are loading" />
      )}
      <InviteDialog
        title="Invite a colleague"
        roles={role === 'owner' ? roles : roles.filter(({ value }) => value !== 'owner')}
        initialRole="planner"
        isOpen={isInviteOpen}
        onOpenChange={setInviteOpen}
        onInvite={(email, chosen) => invite.mutate({ orgId, email, role: chosen })}
        isPending={invite.isPending}
        error={invite.error}
      />
    </Card>
  );
}
