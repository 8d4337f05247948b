import { useQuery } from '@tanstack/react-query';
import { AuthProblem } from '@wedsync/ui/auth-problem';
import { Button } from '@wedsync/ui/button';
import { Card } from '@wedsync/ui/card';
import { IconButton } from '@wedsync/ui/icon-button';
import { notify } from '@wedsync/ui/toast';
import { useAuthAction } from '@wedsync/ui/use-auth-action';
import { KeyRound, Trash2 } from 'lucide-react';
import { authClient } from '../../lib/auth-client.ts';
import { formatAgo } from '../../lib/format.ts';
import { accountChanged } from '../../lib/session.ts';

/** Passkeys: sign in with the device's own lock instead of a password. */
export function PasskeysCard() {
  const { run, isPending, problem } = useAuthAction();
  const passkeys = useQuery({
    queryKey: ['passkeys'],
    queryFn: async () => (await authClient.passkey.listUserPasskeys()).data ?? [],
  });
  const changed = (title: string) => {
    void passkeys.refetch();
    accountChanged();
    notify({ tone: 'done', title });
  };
  const add = async () => {
    const answer = await run(async () => {
      const added = await authClient.passkey.addPasskey({ name: deviceName() });
      return { data: added?.data ?? null, error: added?.error ?? null };
    });
    if (answer) changed('The passkey is added');
  };
  const remove = async (id: string) => {
    const answer = await run(() => authClient.passkey.deletePasskey({ id }));
    if (answer) changed('The passkey is removed');
  };
  const list = passkeys.data ?? [];
  return (
    <Card
      title="Passkeys"
      note="Sign in with fingerprint, face or the device’s code. Nothing to remember, nothing to steal."
      actions={
        <Button size="sm" onPress={() => void add()} isPending={isPending}>
          <KeyRound aria-hidden="true" />
          Add a passkey
        </Button>
      }
    >
      <AuthProblem text={problem} />
      {list.length === 0 ? (
        <p className="text-ink-soft">There is no passkey yet.</p>
      ) : (
        <ul className="m-0 list-none divide-y divide-line p-0">
          {list.map((passkey) => (
            <li key={passkey.id} className="flex items-center justify-between gap-3 py-2">
              <span className="min-w-0">
                <span className="font-medium">{passkey.name || 'Passkey'}</span>
                <span className="ml-2 text-ink-soft text-sm">
                  added {formatAgo(new Date(passkey.createdAt).toISOString())}
                </span>
              </span>
              <IconButton
                size="sm"
                tone="danger"
                label={`Remove the passkey ${passkey.name ?? ''}`}
                onPress={() => void remove(passkey.id)}
              >
                <Trash2 aria-hidden="true" />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

/** A name by which the passkey is known again. */
function deviceName(): string {
  const systems = ['iPhone', 'iPad', 'Android', 'Windows', 'Mac', 'Linux'];
  const system = systems.find((name) => navigator.userAgent.includes(name));
  return system ? `My ${system}` : 'My device';
}
