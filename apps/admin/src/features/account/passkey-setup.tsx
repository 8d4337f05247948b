import { AuthProblem } from '@wedsync/ui/auth-problem';
import { Button } from '@wedsync/ui/button';
import { Form } from '@wedsync/ui/form';
import { TextField } from '@wedsync/ui/text-field';
import { useAuthAction } from '@wedsync/ui/use-auth-action';
import { useState } from 'react';
import { authClient } from '../../lib/auth-client.ts';
import { signOut } from './sign-out.ts';

interface PasskeySetupProps {
  /** Of the operator, as a first suggestion for the passkey's name. */
  name: string;
  onBack: () => void;
}

/** Adds a passkey; the session that added it was opened by password, so a new sign-in follows. */
export function PasskeySetup({ name, onBack }: PasskeySetupProps) {
  const [label, setLabel] = useState(`${name}'s device`);
  const [isDone, setDone] = useState(false);
  const { run, isPending, problem } = useAuthAction();
  const add = async () => {
    const answer = await run(() => authClient.passkey.addPasskey({ name: label.trim() }));
    if (answer) setDone(true);
  };
  if (isDone) {
    return (
      <div className="flex flex-col gap-4">
        <p>The passkey is saved. Sign in with it once to go on.</p>
        <Button variant="primary" size="lg" onPress={signOut}>
          To the sign-in
        </Button>
      </div>
    );
  }
  return (
    <Form onSubmit={add}>
      <AuthProblem text={problem} />
      <TextField
        label="Name of the passkey"
        description="So that you know later which device it belongs to."
        name="label"
        value={label}
        onChange={setLabel}
        maxLength={80}
        isRequired
        autoFocus
      />
      <Button type="submit" variant="primary" size="lg" isPending={isPending}>
        {isPending ? 'Waiting for the device…' : 'Add the passkey'}
      </Button>
      <Button variant="quiet" onPress={onBack}>
        Back
      </Button>
    </Form>
  );
}
