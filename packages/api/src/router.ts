import type { CommunicationsSettings } from '@wedsync/communications';
import { createCommunicationsRouter } from '@wedsync/communications/router';
import { createGuestsRouter } from '@wedsync/guests/router';
import { createMonitoringRouter, type MonitoringDeps } from '@wedsync/monitoring/router';
import { privacyRouter } from '@wedsync/privacy/router';
import { router } from '@wedsync/rpc/init';
import { seatingRouter } from '@wedsync/seating/router';
import { accountRouter, weddingsRouter } from '@wedsync/weddings/router';

/** What single rooms need beyond the context that all of them share. */
export interface AppRouterDeps {
  communications: CommunicationsSettings;
  monitoring: MonitoringDeps;
}

/** Every procedure of WedSync, by room. Operators' procedures refuse the web surface themselves. */
export function createAppRouter({ communications, monitoring }: AppRouterDeps) {
  return router({
    account: accountRouter,
    weddings: weddingsRouter,
    guests: createGuestsRouter(communications),
    communications: createCommunicationsRouter(communications),
    privacy: privacyRouter,
    seating: seatingRouter,
    monitoring: createMonitoringRouter(monitoring),
  });
}

export type AppRouter = ReturnType<typeof createAppRouter>;
