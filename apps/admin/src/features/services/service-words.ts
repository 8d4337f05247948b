import type { ServiceState } from '@wedsync/contracts/monitoring';
import type { StatusTone } from '@wedsync/ui/status-dot';

/** The state of a process in words. */
export const serviceStates: Record<ServiceState, { label: string; tone: StatusTone }> = {
  up: { label: 'Running', tone: 'positive' },
  down: { label: 'Down', tone: 'critical' },
  replaced: { label: 'Replaced', tone: 'neutral' },
};
