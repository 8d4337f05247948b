import { heartbeatStaleMs, type ServiceState } from '@wedsync/contracts/monitoring';

/** When a process started and was last heard of. */
export interface Lifetime {
  service: string;
  startedAt: Date;
  beatAt: Date;
}

/**
 * Whether a process runs, as far as its heartbeat tells. One that fell silent counts as `replaced`
 * when another of the same service started afterwards and runs: then nothing is missing.
 * @param peers all processes known, itself among them
 */
export function serviceState(one: Lifetime, peers: readonly Lifetime[], now: Date): ServiceState {
  const runs = (process: Lifetime) => now.getTime() - process.beatAt.getTime() < heartbeatStaleMs;
  if (runs(one)) return 'up';
  const successor = peers.some(
    (peer) => peer.service === one.service && peer.startedAt > one.beatAt && runs(peer),
  );
  return successor ? 'replaced' : 'down';
}
