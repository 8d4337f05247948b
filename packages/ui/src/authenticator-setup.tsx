import { type ReactNode, useState } from 'react';
import { AuthProblem } from './auth-problem.tsx';
import { Button } from './button.tsx';
import { Form } from './form.tsx';
import { OneTimeCodeField, plainCode } from './one-time-code-field.tsx';
import { PasswordForm } from './password-form.tsx';
import { QrCode } from './qr-code.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { type AuthAnswer, useAuthAction } from './use-auth-action.tsx';

/** The part of an application's authentication client that sets up an authenticator app. */
export interface AuthenticatorClient {
  twoFactor: {
    enable(input: { password: string }): Promise<AuthAnswer<object>>;
    verifyTotp(input: { code: string }): Promise<AuthAnswer<unknown>>;
  };
}

interface AuthenticatorSetupProps {
  client: AuthenticatorClient;
  /** The first code was right: the app counts from now on. */
  onProven?: () => void;
  /** The recovery codes are kept; nothing is left to do. */
  onDone: () => void;
  /** Below the question for the password: the way back. */
  children?: ReactNode;
}

interface Secret {
  totpURI: string;
  backupCodes: string[];
}

const isSecret = (answer: object): answer is Secret =>
  'totpURI' in answer && 'backupCodes' in answer;

/** Password, then the code to scan and a first code to prove it, then the recovery codes. */
export function AuthenticatorSetup(props: AuthenticatorSetupProps) {
  const { client, onProven, onDone, children } = props;
  const [secret, setSecret] = useState<Secret | null>(null);
  const [isProven, setProven] = useState(false);
  if (!secret) {
    return (
      <PasswordForm
        call={(password) => client.twoFactor.enable({ password })}
        onDone={(answer) => isSecret(answer) && setSecret(answer)}
      >
        {children}
      </PasswordForm>
    );
  }
  if (isProven) return <RecoveryCodes codes={secret.backupCodes} onKept={onDone} />;
  const proven = () => {
    setProven(true);
    onProven?.();
  };
  return <FirstCode uri={secret.totpURI} client={client} onProven={proven} />;
}

interface FirstCodeProps {
  uri: string;
  client: AuthenticatorClient;
  onProven: () => void;
}

function FirstCode({ uri, client, onProven }: FirstCodeProps) {
  const [code, setCode] = useState('');
  const { run, isPending, problem } = useAuthAction();
  const verify = async () => {
    const answer = await run(() => client.twoFactor.verifyTotp({ code: plainCode(code) }));
    if (answer) onProven();
  };
  return (
    <Form onSubmit={verify}>
      <div className="flex flex-col items-center gap-3">
        <QrCode text={uri} label="QR code for the authenticator app" />
        <p className="text-center text-ink-soft text-sm">
          Scan it with the app, or type this key:
          <span className="mt-1 block select-all break-all font-mono text-ink">{keyOf(uri)}</span>
        </p>
      </div>
      <AuthProblem text={problem} />
      <OneTimeCodeField label="Code from the app" value={code} onChange={setCode} />
      <Button type="submit" variant="primary" size="lg" isPending={isPending}>
        {isPending ? 'Checking…' : 'Check the code'}
      </Button>
    </Form>
  );
}

/** The key in groups of four, for typing it in. */
function keyOf(uri: string): string {
  const key = new URL(uri).searchParams.get('secret') ?? '';
  return key.replace(/(.{4})(?=.)/g, '$1 ');
}
