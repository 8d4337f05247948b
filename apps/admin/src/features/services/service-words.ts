import type { ServiceState } from '@wedsync/contracts/monitoring';
import type { StatusTone } from '@wedsync/ui/status-dot';

/** The state of a process in words. */
export const serviceStates: Record<ServiceState, { label: string; tone: StatusTone }> = {
  up: { label: 'Running', tone: 'positive' },
  down: { label: 'Down', tone: 'critical' },
  replaced: { label: 'Replaced', tone: 'neutral' },
};

const pools: Record<string, string> = {
  app: 'Requests',
  auth: 'Sign-in',
  system: 'System work',
  monitor: 'Statistics',
  worker: 'Jobs',
};

/** What a pool's connections are for; its name where a newer process brings one unknown here. */
export const poolTitle = (name: string): string => pools[name] ?? name;
