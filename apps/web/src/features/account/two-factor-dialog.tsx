import { Button } from '@wedsync/ui/button';
import { Dialog } from '@wedsync/ui/dialog';
import { Form } from '@wedsync/ui/form';
import { TextField } from '@wedsync/ui/text-field';
import { notify } from '@wedsync/ui/toast';
import { useState } from 'react';
import { authClient } from '../../lib/auth-client.ts';
import { accountChanged } from '../../lib/session.ts';
import { Problem } from './problem.tsx';
import { QrCode } from './qr-code.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { useAuthAction } from './use-auth-action.ts';

export type TwoFactorTask = 'enable' | 'disable' | 'codes';

const titles: Record<TwoFactorTask, string> = {
  enable: 'Set up the authenticator app',
  disable: 'Turn the authenticator app off',
  codes: 'New recovery codes',
};

interface Step {
  totpUri?: string;
  codes: string[];
}

/** Password first; then the code to scan, a first code to prove it, and the recovery codes. */
export function TwoFactorDialog({ task, onClose }: { task: TwoFactorTask; onClose: () => void }) {
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [step, setStep] = useState<Step | null>(null);
  const [isProven, setProven] = useState(false);
  const { run, isPending, problem } = useAuthAction();

  const finish = (title: string) => {
    accountChanged();
    notify({ tone: 'done', title });
    onClose();
  };
  const begin = async () => {
    if (task === 'disable') {
      if (await run(() => authClient.twoFactor.disable({ password }))) {
        finish('The authenticator app is off');
      }
    } else if (task === 'codes') {
      const answer = await run(() => authClient.twoFactor.generateBackupCodes({ password }));
      if (answer) setStep({ codes: answer.backupCodes });
    } else {
      const answer = await run(() => authClient.twoFactor.enable({ password }));
      if (answer && 'totpURI' in answer) {
        setStep({ totpUri: answer.totpURI, codes: answer.backupCodes });
      }
    }
  };
  const prove = async () => {
    const answer = await run(() =>
      authClient.twoFactor.verifyTotp({ code: code.replace(/\s/g, '') }),
    );
    if (answer) {
      setProven(true);
      accountChanged();
    }
  };
  const showsCodes = step !== null && (isProven || !step.totpUri);

  return (
    <Dialog isOpen onOpenChange={onClose} title={titles[task]} size="sm" isDismissable={false}>
      {showsCodes ? (
        <RecoveryCodes codes={step.codes} onKept={() => finish('Your codes are valid now')} />
      ) : step?.totpUri ? (
        <Form onSubmit={prove}>
          <Problem text={problem} />
          <p>Scan this with your authenticator app, then enter the six digits it shows.</p>
          <QrCode text={step.totpUri} />
          <TextField
            label="Code from the app"
            name="code"
            inputMode="numeric"
            autoComplete="one-time-code"
            value={code}
            onChange={setCode}
            isRequired
          />
          <Button type="submit" variant="primary" isPending={isPending}>
            Check the code
          </Button>
        </Form>
      ) : (
        <Form onSubmit={begin}>
          <Problem text={problem} />
          <TextField
            label="Your password"
            type="password"
            name="password"
            autoComplete="current-password"
            value={password}
            onChange={setPassword}
            isRequired
            autoFocus
          />
          <Button
            type="submit"
            variant={task === 'disable' ? 'danger' : 'primary'}
            isPending={isPending}
          >
            {task === 'disable' ? 'Turn it off' : 'Go on'}
          </Button>
        </Form>
      )}
    </Dialog>
  );
}
