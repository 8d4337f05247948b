import { Button } from '@wedsync/ui/button';
import { Pause, Play } from 'lucide-react';
import { setPaused, usePaused } from '../../lib/live.ts';

const clock = (at: number) =>
  new Intl.DateTimeFormat(navigator.language, { timeStyle: 'medium' }).format(at);

/** How old the figures of a page are. */
export function AsOf({ at }: { at: number }) {
  const isPaused = usePaused();
  if (at === 0) return <>Reading…</>;
  return (
    <>
      As of {clock(at)}, {isPaused ? 'not renewed' : 'renewed every 5 seconds'}
    </>
  );
}

/** Holds the figures still, for reading them or for whom movement disturbs. */
export function PauseButton() {
  const isPaused = usePaused();
  return (
    <Button onPress={() => setPaused(!isPaused)}>
      {isPaused ? <Play aria-hidden="true" /> : <Pause aria-hidden="true" />}
      {isPaused ? 'Renew again' : 'Pause'}
    </Button>
  );
}
