import type { UserSummary } from '@wedsync/contracts/monitoring';
import { Button } from '@wedsync/ui/button';
import { Callout } from '@wedsync/ui/callout';
import { Dialog } from '@wedsync/ui/dialog';
import { formatAgo, formatMoment, plural } from '@wedsync/ui/format';
import { useState } from 'react';
import { useProfile } from '../../lib/session.ts';
import { Facts } from '../shell/facts.tsx';
import { UserActionDialog } from './user-action-dialog.tsx';
import { type UserAction, userActions } from './user-actions.ts';

interface UserDrawerProps {
  user: UserSummary;
  onClose: () => void;
}

const factorWords = { authenticator: 'Authenticator app', passkey: 'Passkey' };

/** An account, and what an operator can do about it. */
export function UserDrawer({ user, onClose }: UserDrawerProps) {
  const profile = useProfile();
  const [asked, setAsked] = useState<UserAction | null>(null);
  const isOwn = profile.userId === user.userId;
  return (
    <Dialog
      kind="drawer"
      isOpen
      onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}
      title={user.name}
      subtitle={user.email}
      footer={<Button onPress={onClose}>Close</Button>}
    >
      <div className="flex flex-col gap-7">
        {user.disabledAt ? (
          <Callout tone="critical" title="This account is closed">
            Since {formatMoment(user.disabledAt)}. Nobody can sign in with it.
          </Callout>
        ) : null}
        <Facts
          facts={[
            ['Account since', formatMoment(user.createdAt)],
            ['Address', user.emailVerified ? 'Confirmed' : 'Not confirmed'],
            ['Operator', user.isOperator ? 'Yes' : 'No'],
            [
              'Second factor',
              user.secondFactors.map((one) => factorWords[one]).join(', ') || 'None',
            ],
            [
              'Signed in on',
              user.openSessions === 0 ? 'Nothing' : plural(user.openSessions, 'browser'),
            ],
            ['Last seen', user.lastSeenAt ? formatAgo(user.lastSeenAt) : 'Not yet'],
            [
              'Companies',
              user.organizations.map(({ name, role }) => `${name} (${role})`).join(', ') || 'None',
            ],
          ]}
        />
        <section className="space-y-4">
          <h3 className="font-medium text-sm">What you can do</h3>
          {isOwn ? (
            <p className="text-ink-soft">
              This is your own account: another operator must close it or take the operator right
              away.
            </p>
          ) : null}
          <ul className="m-0 list-none space-y-3 p-0">
            {userActions
              .filter((action) => action.isOpenFor(user, isOwn))
              .map((action) => (
                <li key={action.id} className="flex flex-wrap items-center gap-x-4 gap-y-2">
                  <span className="min-w-56 flex-1 text-ink-soft text-sm">{action.note}</span>
                  <Button
                    size="sm"
                    variant={action.isDangerous ? 'danger' : 'secondary'}
                    onPress={() => setAsked(action)}
                  >
                    {action.label}
                  </Button>
                </li>
              ))}
          </ul>
        </section>
      </div>
      <UserActionDialog action={asked} user={user} onClose={() => setAsked(null)} />
    </Dialog>
  );
}
