export { applyRun, previewRun } from './apply-run.ts';
export { assignSeats, swapSeats, unassignSeats } from './assign-seats.ts';
export { cancelRun } from './cancel-run.ts';
export { checkSeating } from './check-seating.ts';
export { createLayout } from './create-layout.ts';
export { explainSeat } from './explain-seat.ts';
export { exportSeating } from './export-seating.ts';
export { importSeating, previewImport } from './import-seating.ts';
export { lockSeats } from './lock-seats.ts';
export { checkPrint, type PrintedFile, printSeating } from './print-seating.ts';
export { proposeReflow } from './propose-reflow.ts';
export { getSeatPublication, publishSeats } from './publish-seats.ts';
export { getPlan } from './queries/get-plan.ts';
export { getSummary, listMobileTables } from './queries/get-summary.ts';
export { listChanges, listHistory } from './queries/list-changes.ts';
export { listHouseholdSeats } from './queries/list-household-seats.ts';
export { getRun, listRuns } from './queries/list-runs.ts';
export { compareVersion, listVersions } from './queries/list-versions.ts';
export { searchGuests } from './queries/search-guests.ts';
export { removeVersion, restoreVersion, saveVersion } from './save-version.ts';
export { showPresence } from './show-presence.ts';
export { startRun } from './start-run.ts';
export { streamPresence } from './stream-presence.ts';
export { streamRun } from './stream-run.ts';
export { redo, undo } from './undo-plan.ts';
export {
  addFixtures,
  moveThings,
  removeFixtures,
  updateFixture,
  updateLayout,
} from './update-layout.ts';
export {
  createRelationship,
  listRelationships,
  removeRelationships,
  updateRelationship,
} from './update-relationship.ts';
export { addTables, removeTables, updateTable } from './update-table.ts';
