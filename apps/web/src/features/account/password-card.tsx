import { AuthProblem } from '@wedsync/ui/auth-problem';
import { Button } from '@wedsync/ui/button';
import { Card } from '@wedsync/ui/card';
import { Form } from '@wedsync/ui/form';
import { TextField } from '@wedsync/ui/text-field';
import { notify } from '@wedsync/ui/toast';
import { useAuthAction } from '@wedsync/ui/use-auth-action';
import { useState } from 'react';
import { authClient } from '../../lib/auth-client.ts';
import { passwordLengthMax, passwordLengthMin } from '../../lib/limits.ts';
import { accountChanged } from '../../lib/session.ts';

/** Change the password; every other device is signed out with it. */
export function PasswordCard() {
  const [currentPassword, setCurrent] = useState('');
  const [newPassword, setNew] = useState('');
  const { run, isPending, problem } = useAuthAction();
  const save = async () => {
    const answer = await run(() =>
      authClient.changePassword({ currentPassword, newPassword, revokeOtherSessions: true }),
    );
    if (!answer) return;
    setCurrent('');
    setNew('');
    accountChanged();
    notify({
      tone: 'done',
      title: 'The password is changed',
      detail: 'Your other devices are signed out.',
    });
  };
  return (
    <Card title="Password" note="Changing it signs out all your other devices.">
      <Form onSubmit={save}>
        <AuthProblem text={problem} />
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            label="Password until now"
            type="password"
            name="currentPassword"
            autoComplete="current-password"
            value={currentPassword}
            onChange={setCurrent}
            isRequired
          />
          <TextField
            label="New password"
            type="password"
            name="newPassword"
            autoComplete="new-password"
            description={`At least ${passwordLengthMin} characters.`}
            minLength={passwordLengthMin}
            maxLength={passwordLengthMax}
            value={newPassword}
            onChange={setNew}
            isRequired
          />
        </div>
        <Button type="submit" className="self-start" isPending={isPending}>
          Change password
        </Button>
      </Form>
    </Card>
  );
}
