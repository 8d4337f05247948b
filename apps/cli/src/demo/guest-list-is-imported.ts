import { readFile } from 'node:fs/promises';
import { demoEvents, demoGuestList, demoWedding } from '../supervisor/demo-data.ts';
import { planner } from './planner.ts';
import type { DemoStep } from './step.ts';

/** How many people are on the messy spreadsheet, counted by hand. */
const guestsInFile = 183;
const householdsInFile = 71;

/** A new wedding gets its programme and its guest list, and the same file again changes nothing. */
export const guestListIsImported: DemoStep = {
  name: 'import',
  async run(context) {
    const { facts } = context;
    facts.planner = await planner(context);
    const { planner: api } = facts;
    const [organization] = await api.weddings.listOrganizations.query();
    if (!organization) throw new Error('the demo planner has no organization');
    const wedding = await api.weddings.create.mutate({
      ...demoWedding,
      title: 'Rehearsal',
      orgId: organization.orgId,
    });
    const weddingId = wedding.id;
    facts.weddingId = weddingId;
    const events = [];
    for (const event of demoEvents) {
      events.push(await api.weddings.createEvent.mutate({ ...event, weddingId }));
    }
    facts.eventIds = events.map(({ id }) => id);

    const content = (await readFile(demoGuestList)).toString('base64');
    const file = { weddingId, fileName: 'guest list FINAL (3).xlsx', content };
    const preview = await api.guests.previewImport.mutate(file);
    await api.guests.applyImport.mutate({ ...file, digest: preview.digest });
    const again = await api.guests.previewImport.mutate(file);
    const repeated = await api.guests.applyImport.mutate({ ...file, digest: again.digest });
    const summary = await api.guests.summary.query({ weddingId });
    return [
      { what: 'guests', expected: guestsInFile, actual: summary.guests },
      { what: 'households', expected: householdsInFile, actual: summary.households },
      { what: 'changes by importing it again', expected: 0, actual: repeated.importId ? 1 : 0 },
    ];
  },
};
