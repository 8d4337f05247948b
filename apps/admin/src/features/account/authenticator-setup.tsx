import { Button } from '@wedsync/ui/button';
import { Form } from '@wedsync/ui/form';
import { TextField } from '@wedsync/ui/text-field';
import { useState } from 'react';
import { authClient } from '../../lib/auth-client.ts';
import { openAfterSignIn } from './after-sign-in.ts';
import { Problem } from './problem.tsx';
import { QrCode } from './qr-code.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { useAuthAction } from './use-auth-action.ts';

interface Secret {
  totpURI: string;
  backupCodes: string[];
}

/** Password, then QR code and first code, then the recovery codes. */
export function AuthenticatorSetup({ onBack }: { onBack: () => void }) {
  const [secret, setSecret] = useState<Secret | null>(null);
  const [isVerified, setVerified] = useState(false);
  if (!secret) return <PasswordStep onDone={setSecret} onBack={onBack} />;
  if (!isVerified) return <CodeStep uri={secret.totpURI} onDone={() => setVerified(true)} />;
  return <RecoveryCodes codes={secret.backupCodes} onDone={() => openAfterSignIn(undefined)} />;
}

interface PasswordStepProps {
  onDone: (secret: Secret) => void;
  onBack: () => void;
}

function PasswordStep({ onDone, onBack }: PasswordStepProps) {
  const [password, setPassword] = useState('');
  const { run, isPending, problem } = useAuthAction();
  const start = async () => {
    const answer = await run(() => authClient.twoFactor.enable({ password }));
    if (answer && 'totpURI' in answer) onDone(answer);
  };
  return (
    <Form onSubmit={start}>
      <Problem text={problem} />
      <TextField
        label="Your password"
        description="Once more, because this changes how you sign in."
        type="password"
        name="password"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
        isRequired
        autoFocus
      />
      <Button type="submit" variant="primary" size="lg" isPending={isPending}>
        Go on
      </Button>
      <Button variant="quiet" onPress={onBack}>
        Back
      </Button>
    </Form>
  );
}

/** The key in groups of four, for typing it in. */
function keyOf(uri: string): string {
  const key = new URL(uri).searchParams.get('secret') ?? '';
  return key.replace(/(.{4})(?=.)/g, '$1 ');
}

function CodeStep({ uri, onDone }: { uri: string; onDone: () => void }) {
  const [code, setCode] = useState('');
  const { run, isPending, problem } = useAuthAction();
  const verify = async () => {
    const answer = await run(() =>
      authClient.twoFactor.verifyTotp({ code: code.replace(/\s/g, '') }),
    );
    if (answer) onDone();
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
      <Problem text={problem} />
      <TextField
        label="Code from the app"
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        value={code}
        onChange={setCode}
        isRequired
        autoFocus
      />
      <Button type="submit" variant="primary" size="lg" isPending={isPending}>
        {isPending ? 'Checking…' : 'Check the code'}
      </Button>
    </Form>
  );
}
