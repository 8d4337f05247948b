import { StatusDot } from '@wedsync/ui/status-dot';
import { useLiveState } from '../../lib/live.ts';

/** Whether changes of others arrive by themselves; silent outside a wedding. */
export function LiveDot() {
  const state = useLiveState();
  if (state === 'off') return null;
  return (
    <span role="status" className="[&_svg]:text-current">
      {state === 'live' ? (
        <StatusDot tone="positive">Live</StatusDot>
      ) : (
        <StatusDot tone="caution">Reconnecting…</StatusDot>
      )}
    </span>
  );
}
