import { communicationsRouter } from '@wedsync/communications/router';
import { guestsRouter } from '@wedsync/guests/router';
import { monitoringRouter } from '@wedsync/monitoring/router';
import { router } from '@wedsync/rpc/init';
import { accountRouter, weddingsRouter } from '@wedsync/weddings/router';

/** Every procedure of WedSync, by room. Operators' procedures refuse the web surface themselves. */
export const appRouter = router({
  account: accountRouter,
  weddings: weddingsRouter,
  guests: guestsRouter,
  communications: communicationsRouter,
  monitoring: monitoringRouter,
});

export type AppRouter = typeof appRouter;
