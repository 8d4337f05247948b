import type { Role } from '@wedsync/contracts/roles';
import type { Member, MemberList as Members, OpenInvitation } from '@wedsync/contracts/weddings';
import { Avatar } from '@wedsync/ui/avatar';
import { Badge } from '@wedsync/ui/badge';
import { Button } from '@wedsync/ui/button';
import { ConfirmDialog } from '@wedsync/ui/confirm-dialog';
import { type Option, Select } from '@wedsync/ui/select';
import { useState } from 'react';
import { formatAgo } from '../../lib/format.ts';
import { useProfile } from '../../lib/session.ts';
import { roleWords } from './role-words.ts';

interface MemberListProps<R extends Role> {
  list: Members<R>;
  roles: readonly Option<R>[];
  canChange: boolean;
  canInvite: boolean;
  onRole: (member: Member<R>, role: R) => void;
  onRemove: (member: Member<R>) => void;
  onRevoke: (invitation: OpenInvitation) => void;
}

/** Who belongs, with role, and who has been asked. */
export function MemberList<R extends Role>(props: MemberListProps<R>) {
  const { list, roles, canChange, canInvite, onRole, onRemove, onRevoke } = props;
  const { userId } = useProfile();
  const [leaving, setLeaving] = useState<Member<R> | null>(null);
  const isSelf = leaving?.userId === userId;
  return (
    <>
      <ul className="m-0 list-none divide-y divide-line p-0">
        {list.members.map((member) => (
          <li key={member.userId} className="flex flex-wrap items-center gap-x-3 gap-y-2 py-3">
            <Avatar name={member.name} />
            <div className="min-w-0 flex-1 basis-44">
              <p className="truncate font-medium">
                {member.name}
                {member.userId === userId ? (
                  <span className="font-normal text-ink-soft"> (you)</span>
                ) : null}
              </p>
              <p className="truncate text-ink-soft text-sm">{member.email}</p>
            </div>
            {canChange ? (
              <Select
                isSmall
                isLabelHidden
                label={`Role of ${member.name}`}
                options={roles}
                value={member.role}
                onChange={(role) => onRole(member, role)}
                className="w-36"
              />
            ) : (
              <Badge>{roleWords[member.role]}</Badge>
            )}
            {canChange || member.userId === userId ? (
              <Button size="sm" variant="quiet" onPress={() => setLeaving(member)}>
                {member.userId === userId ? 'Leave' : 'Remove'}
              </Button>
            ) : null}
          </li>
        ))}
        {list.invitations.map((invitation) => (
          <li key={invitation.id} className="flex flex-wrap items-center gap-x-3 gap-y-2 py-3">
            <div className="min-w-0 flex-1 basis-44">
              <p className="truncate">{invitation.email}</p>
              <p className="text-ink-soft text-sm">
                {invitation.sent ? 'Invited' : 'The e-mail is under way'}, runs out{' '}
                {formatAgo(invitation.expiresAt)}
              </p>
            </div>
            <Badge tone="caution">{roleWords[invitation.role]}, not accepted yet</Badge>
            {canInvite ? (
              <Button size="sm" variant="quiet" onPress={() => onRevoke(invitation)}>
                Take back
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      <ConfirmDialog
        isOpen={leaving !== null}
        onOpenChange={() => setLeaving(null)}
        title={isSelf ? 'Leave?' : `Remove ${leaving?.name ?? ''}?`}
        confirmLabel={isSelf ? 'Leave' : 'Remove'}
        onConfirm={() => {
          if (leaving) onRemove(leaving);
          setLeaving(null);
        }}
      >
        {isSelf
          ? 'You lose access at once. Somebody else has to invite you again.'
          : 'Access ends at once, on every device. What they did stays in the history.'}
      </ConfirmDialog>
    </>
  );
}
