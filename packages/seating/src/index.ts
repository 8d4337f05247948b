export { assignSeats, swapSeats, unassignSeats } from './assign-seats.ts';
export { createLayout } from './create-layout.ts';
export { exportSeating } from './export-seating.ts';
export { importSeating, previewImport } from './import-seating.ts';
export { checkPrint, type PrintedFile, printSeating } from './print-seating.ts';
export { getSeatPublication, publishSeats } from './publish-seats.ts';
export { getPlan } from './queries/get-plan.ts';
export { listHouseholdSeats } from './queries/list-household-seats.ts';
