import { useMutation, useQuery } from '@tanstack/react-query';
import type { SessionStrength } from '@wedsync/contracts/account';
import { Badge } from '@wedsync/ui/badge';
import { Button } from '@wedsync/ui/button';
import { Card } from '@wedsync/ui/card';
import { FailureState, notifyFailure } from '@wedsync/ui/failure-view';
import { SkeletonRows } from '@wedsync/ui/skeleton';
import { notify } from '@wedsync/ui/toast';
import { formatAgo } from '../../lib/format.ts';
import { accountChanged } from '../../lib/session.ts';
import { trpc } from '../../lib/trpc.ts';

const strengthWords: Record<SessionStrength, string> = {
  password: 'Password',
  'two-factor': 'Password and code',
  passkey: 'Passkey',
};

/** The browsers that are signed in; each can be signed out from here. */
export function SessionsCard() {
  const sessions = useQuery(trpc.account.listSessions.queryOptions());
  const options = {
    onSuccess: () => {
      accountChanged();
      notify({ tone: 'done', title: 'Signed out there' });
    },
    onError: (error: unknown) => notifyFailure('The device was not signed out', error),
  };
  const revoke = useMutation(trpc.account.revokeSession.mutationOptions(options));
  const revokeOthers = useMutation(trpc.account.revokeOtherSessions.mutationOptions(options));
  const list = sessions.data ?? [];
  return (
    <Card
      title="Where you are signed in"
      actions={
        list.length > 1 ? (
          <Button
            size="sm"
            onPress={() => revokeOthers.mutate()}
            isPending={revokeOthers.isPending}
          >
            Sign out all others
          </Button>
        ) : null
      }
    >
      {sessions.error ? (
        <FailureState error={sessions.error} onRetry={() => void sessions.refetch()} />
      ) : sessions.isPending ? (
        <SkeletonRows rows={2} label="The devices are loading" />
      ) : (
        <ul className="m-0 list-none divide-y divide-line p-0">
          {list.map((session) => (
            <li key={session.id} className="flex flex-wrap items-center gap-3 py-2.5">
              <div className="min-w-0 flex-1 basis-52">
                <p className="font-medium">{session.device}</p>
                <p className="text-ink-soft text-sm">
                  {strengthWords[session.strength]} · seen {formatAgo(session.lastSeenAt)}
                  {session.ipAddress ? ` · ${session.ipAddress}` : ''}
                </p>
              </div>
              {session.current ? (
                <Badge tone="accent">This device</Badge>
              ) : (
                <Button size="sm" onPress={() => revoke.mutate({ sessionId: session.id })}>
                  Sign out
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
