import { mergeRouters } from '@wedsync/rpc/init';
import { planRouter } from './plan-router.ts';
import { printsRouter } from './prints-router.ts';
import { rulesRouter } from './rules-router.ts';
import { runsRouter } from './runs-router.ts';

/** The planner's door to seating; each part of the room has a router of its own. */
export const seatingRouter = mergeRouters(planRouter, rulesRouter, runsRouter, printsRouter);
