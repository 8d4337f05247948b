export { assignSeats, swapSeats, unassignSeats } from './assign-seats.ts';
export { createLayout } from './create-layout.ts';
export { getPlan } from './queries/get-plan.ts';
