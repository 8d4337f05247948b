import { useMutation, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { failureOf } from '@wedsync/contracts/failure';
import { withNext } from '@wedsync/contracts/safe-path';
import { AuthLayout } from '@wedsync/ui/auth-layout';
import { Button } from '@wedsync/ui/button';
import { FailureNote } from '@wedsync/ui/failure-view';
import { LinkButton } from '@wedsync/ui/link-button';
import { openAfterSignIn } from '@wedsync/ui/open-page';
import { Skeleton } from '@wedsync/ui/skeleton';
import { formatAgo } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { trpc } from '../../lib/trpc.ts';
import { roleWords } from '../members/role-words.ts';

/** The page behind an invitation to join a company or a wedding. */
export function JoinPage() {
  const { token } = useParams({ from: '/join/$token' });
  const invitation = useQuery(trpc.weddings.getInvitation.queryOptions({ token }));
  const accept = useMutation(
    trpc.weddings.acceptInvitation.mutationOptions({
      onSuccess: ({ weddingId }) =>
        openAfterSignIn(weddingId ? paths.wedding(weddingId) : paths.home),
    }),
  );
  const { data, error } = invitation;
  if (error && failureOf(error).kind === 'unauthenticated') {
    const next = `/join/${token}`;
    return (
      <AuthLayout
        title="You are invited"
        note="Sign in, or open an account with the address that the invitation was sent to."
      >
        <div className="flex flex-col gap-3">
          <LinkButton variant="primary" size="lg" href={withNext(paths.signIn, next)}>
            Sign in
          </LinkButton>
          <LinkButton size="lg" href={withNext(paths.signUp, next)}>
            Create an account
          </LinkButton>
        </div>
      </AuthLayout>
    );
  }
  if (error) {
    return (
      <AuthLayout title="This invitation does not work">
        <FailureNote error={error} />
      </AuthLayout>
    );
  }
  return (
    <AuthLayout
      title={data ? (data.wedding ?? data.organization) : 'You are invited'}
      note={
        data
          ? `${data.invitedBy ?? data.organization} invites you as ${roleWords[data.role].toLowerCase()}. The invitation runs out ${formatAgo(data.expiresAt)}.`
          : null
      }
    >
      {data ? (
        <div className="flex flex-col gap-4">
          <FailureNote error={accept.error} />
          <Button
            variant="primary"
            size="lg"
            onPress={() => accept.mutate({ token })}
            isPending={accept.isPending}
          >
            Accept
          </Button>
        </div>
      ) : (
        <Skeleton className="h-12 w-full" />
      )}
    </AuthLayout>
  );
}
