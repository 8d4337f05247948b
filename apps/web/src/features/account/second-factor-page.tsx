import { useSearch } from '@tanstack/react-router';
import { Button } from '@wedsync/ui/button';
import { Checkbox } from '@wedsync/ui/checkbox';
import { Form } from '@wedsync/ui/form';
import { Link } from '@wedsync/ui/link';
import { TextField } from '@wedsync/ui/text-field';
import { useState } from 'react';
import { authClient } from '../../lib/auth-client.ts';
import { paths } from '../../lib/paths.ts';
import { openAfterSignIn } from './after-sign-in.ts';
import { AuthLayout } from './auth-layout.tsx';
import { Problem } from './problem.tsx';
import { useAuthAction } from './use-auth-action.ts';

const texts = {
  totp: {
    note: 'Enter the six digits that your authenticator app shows.',
    label: 'Code from the app',
    other: 'Use a recovery code instead',
  },
  recovery: {
    note: 'Enter one of the recovery codes you kept. Each works once.',
    label: 'Recovery code',
    other: 'Use the authenticator app instead',
  },
};

/** The second step of signing in: a code from the app, or a recovery code. */
export function SecondFactorPage() {
  const { next } = useSearch({ from: '/second-factor' });
  const [way, setWay] = useState<'totp' | 'recovery'>('totp');
  const [code, setCode] = useState('');
  const [trustDevice, setTrustDevice] = useState(false);
  const { run, isPending, problem, setProblem } = useAuthAction();
  const text = texts[way];

  const verify = async () => {
    const input = { code: code.replace(/\s/g, ''), trustDevice };
    const answer = await run<unknown>(() =>
      way === 'totp'
        ? authClient.twoFactor.verifyTotp(input)
        : authClient.twoFactor.verifyBackupCode(input),
    );
    if (answer) openAfterSignIn(next);
  };
  const swap = () => {
    setWay(way === 'totp' ? 'recovery' : 'totp');
    setCode('');
    setProblem(null);
  };

  return (
    <AuthLayout
      title="One more step"
      note={text.note}
      footer={<Link href={paths.signIn}>Start again</Link>}
    >
      <Form onSubmit={verify}>
        <Problem text={problem} />
        <TextField
          key={way}
          label={text.label}
          name="code"
          inputMode={way === 'totp' ? 'numeric' : 'text'}
          autoComplete="one-time-code"
          value={code}
          onChange={setCode}
          isRequired
          autoFocus
        />
        <Checkbox isSelected={trustDevice} onChange={setTrustDevice}>
          Do not ask on this device for 30 days
        </Checkbox>
        <Button type="submit" variant="primary" size="lg" isPending={isPending}>
          {isPending ? 'Checking…' : 'Go on'}
        </Button>
        <Button variant="quiet" onPress={swap}>
          {text.other}
        </Button>
      </Form>
    </AuthLayout>
  );
}
