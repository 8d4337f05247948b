import { AuthenticatorSetup } from '@wedsync/ui/authenticator-setup';
import { Dialog } from '@wedsync/ui/dialog';
import { PasswordForm } from '@wedsync/ui/password-form';
import { RecoveryCodes } from '@wedsync/ui/recovery-codes';
import { notify } from '@wedsync/ui/toast';
import { useState } from 'react';
import { authClient } from '../../lib/auth-client.ts';
import { accountChanged } from '../../lib/session.ts';

export type TwoFactorTask = 'enable' | 'disable' | 'codes';

const titles: Record<TwoFactorTask, string> = {
  enable: 'Set up the authenticator app',
  disable: 'Turn the authenticator app off',
  codes: 'New recovery codes',
};

/** Password first; then what the task needs. */
export function TwoFactorDialog({ task, onClose }: { task: TwoFactorTask; onClose: () => void }) {
  const [codes, setCodes] = useState<string[] | null>(null);
  const finish = (title: string) => {
    accountChanged();
    notify({ tone: 'done', title });
    onClose();
  };
  const kept = () => finish('Your codes are valid now');
  return (
    <Dialog isOpen onOpenChange={onClose} title={titles[task]} size="sm" isDismissable={false}>
      {task === 'enable' ? (
        <AuthenticatorSetup client={authClient} onProven={accountChanged} onDone={kept} />
      ) : codes ? (
        <RecoveryCodes codes={codes} onKept={kept} />
      ) : task === 'codes' ? (
        <PasswordForm
          call={(password) => authClient.twoFactor.generateBackupCodes({ password })}
          onDone={({ backupCodes }) => setCodes(backupCodes)}
        />
      ) : (
        <PasswordForm
          call={(password) => authClient.twoFactor.disable({ password })}
          onDone={() => finish('The authenticator app is off')}
          submitLabel="Turn it off"
          variant="danger"
        />
      )}
    </Dialog>
  );
}
