import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { UserSummary } from '@wedsync/contracts/monitoring';
import { ConfirmDialog } from '@wedsync/ui/confirm-dialog';
import { FailureNote } from '@wedsync/ui/failure-view';
import { notify } from '@wedsync/ui/toast';
import { trpc } from '../../lib/trpc.ts';
import type { UserAction } from './user-actions.ts';

interface UserActionDialogProps {
  /** What is asked for; null closes the dialog. */
  action: UserAction | null;
  user: UserSummary;
  onClose: () => void;
}

/** The calls behind the actions, and what they share: notice, refresh, failure. */
function useUserAction({ action, user, onClose }: UserActionDialogProps) {
  const queries = useQueryClient();
  const shared = {
    onSuccess: () => {
      if (action) notify({ tone: 'done', title: action.done(user.name) });
      onClose();
    },
    onSettled: () => queries.invalidateQueries({ queryKey: trpc.monitoring.listUsers.pathKey() }),
  };
  const disabled = useMutation(trpc.monitoring.updateUserDisabled.mutationOptions(shared));
  const operator = useMutation(trpc.monitoring.updateUserOperator.mutationOptions(shared));
  const sessions = useMutation(trpc.monitoring.removeUserSessions.mutationOptions(shared));
  const all = [disabled, operator, sessions];
  const { userId } = user;
  const run: Record<UserAction['id'], () => void> = {
    disable: () => disabled.mutate({ userId, disabled: true }),
    enable: () => disabled.mutate({ userId, disabled: false }),
    'grant-operator': () => operator.mutate({ userId, operator: true }),
    'revoke-operator': () => operator.mutate({ userId, operator: false }),
    'end-sessions': () => sessions.mutate({ userId }),
  };
  return {
    run: () => action && run[action.id](),
    reset: () => all.forEach((mutation) => void mutation.reset()),
    isPending: all.some((mutation) => mutation.isPending),
    error: all.find((mutation) => mutation.error)?.error ?? null,
  };
}

/** Asks before an account is changed, and says what follows. */
export function UserActionDialog(props: UserActionDialogProps) {
  const { action, user, onClose } = props;
  const { run, reset, isPending, error } = useUserAction(props);
  const close = () => {
    reset();
    onClose();
  };
  return (
    <ConfirmDialog
      isOpen={action !== null}
      onOpenChange={(isOpen) => (isOpen ? undefined : close())}
      title={action?.question(user.name) ?? ''}
      confirmLabel={action?.label ?? ''}
      isDangerous={action?.isDangerous ?? false}
      isPending={isPending}
      onConfirm={run}
      error={<FailureNote error={error} />}
    >
      <p>{action?.consequence}</p>
    </ConfirmDialog>
  );
}
