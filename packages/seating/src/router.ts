import { planRouter } from './plan-router.ts';

/** The planner's door to seating; each part of the room has a router of its own. */
export const seatingRouter = planRouter;
