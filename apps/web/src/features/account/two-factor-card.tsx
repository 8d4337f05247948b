import { lazyRouteComponent } from '@tanstack/react-router';
import { Badge } from '@wedsync/ui/badge';
import { Button } from '@wedsync/ui/button';
import { Card } from '@wedsync/ui/card';
import { Suspense, useState } from 'react';
import type { TwoFactorTask } from './two-factor-dialog.tsx';

const TwoFactorDialog = lazyRouteComponent(
  () => import('./two-factor-dialog.tsx'),
  'TwoFactorDialog',
);

/** The authenticator app as second step, and its recovery codes. */
export function TwoFactorCard({ isEnabled }: { isEnabled: boolean }) {
  const [task, setTask] = useState<TwoFactorTask | null>(null);
  return (
    <Card
      title="Authenticator app"
      note="A code from your phone after the password, so that a stolen password is not enough."
      actions={
        isEnabled ? (
          <>
            <Button size="sm" onPress={() => setTask('codes')}>
              New recovery codes
            </Button>
            <Button size="sm" onPress={() => setTask('disable')}>
              Turn off
            </Button>
          </>
        ) : (
          <Button size="sm" onPress={() => setTask('enable')}>
            Turn on
          </Button>
        )
      }
    >
      {isEnabled ? <Badge tone="positive">On</Badge> : <Badge>Off</Badge>}
      {task ? (
        <Suspense>
          <TwoFactorDialog task={task} onClose={() => setTask(null)} />
        </Suspense>
      ) : null}
    </Card>
  );
}
