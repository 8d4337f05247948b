import { useState } from 'react';
import { AuthLayout } from './auth-layout.tsx';
import { AuthProblem } from './auth-problem.tsx';
import { Button } from './button.tsx';
import { Checkbox } from './checkbox.tsx';
import { Form } from './form.tsx';
import { Link } from './link.tsx';
import { OneTimeCodeField, plainCode } from './one-time-code-field.tsx';
import { type AuthAnswer, useAuthAction } from './use-auth-action.tsx';

interface Code {
  code: string;
  trustDevice?: boolean;
}

/** The part of an application's authentication client that takes the second step. */
export interface SecondFactorClient {
  twoFactor: {
    verifyTotp(input: Code): Promise<AuthAnswer<unknown>>;
    verifyBackupCode(input: Code): Promise<AuthAnswer<unknown>>;
  };
}

interface SecondFactorPageProps {
  client: SecondFactorClient;
  onSignedIn: () => void;
  signInHref: string;
  /** Offers to leave the second step out on this device for 30 days. */
  canTrustDevice?: boolean;
}

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
export function SecondFactorPage(props: SecondFactorPageProps) {
  const { client, onSignedIn, signInHref, canTrustDevice = false } = props;
  const [way, setWay] = useState<'totp' | 'recovery'>('totp');
  const [code, setCode] = useState('');
  const [trustDevice, setTrustDevice] = useState(false);
  const { run, isPending, problem, setProblem } = useAuthAction();
  const text = texts[way];

  const verify = async () => {
    const input = { code: plainCode(code), ...(canTrustDevice ? { trustDevice } : {}) };
    const answer = await run(() =>
      way === 'totp'
        ? client.twoFactor.verifyTotp(input)
        : client.twoFactor.verifyBackupCode(input),
    );
    if (answer) onSignedIn();
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
      footer={<Link href={signInHref}>Start again</Link>}
    >
      <Form onSubmit={verify}>
        <AuthProblem text={problem} />
        <OneTimeCodeField
          key={way}
          label={text.label}
          isNumeric={way === 'totp'}
          value={code}
          onChange={setCode}
        />
        {canTrustDevice ? (
          <Checkbox isSelected={trustDevice} onChange={setTrustDevice}>
            Do not ask on this device for 30 days
          </Checkbox>
        ) : null}
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
