import { ExportSeating } from '@wedsync/contracts/seating-runs';
import type { ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { notFound } from '@wedsync/service/stale';
import { writeSeatingCsv } from './model/csv/write-seating-csv.ts';
import { getPlan } from './queries/get-plan.ts';
import { changePlan } from './write-plan.ts';

/**
 * Who sits where as CSV; importing it back unchanged changes nothing. Written to the history,
 * because the file carries names, diets and allergies.
 * @throws DomainError `forbidden`, `not-found`
 */
export async function exportSeating(
  ctx: ServiceContext,
  input: ExportSeating,
): Promise<{ name: string; csv: string }> {
  const { eventId } = parseInput(ExportSeating, input);
  const plan = await getPlan(ctx, { eventId });
  if (!plan) throw notFound('floor plan');
  const { revision } = plan.layout;
  const after = { guests: plan.guests.length, revision };
  await changePlan(
    ctx,
    ({ audit }) => audit({ action: 'seating.export', entity: 'seating', entityId: eventId, after }),
    'seating.print',
  );
  return { name: `seating-r${revision}.csv`, csv: writeSeatingCsv(plan) };
}
