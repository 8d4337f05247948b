import { CheckSeatingPrint, type PrintCheck } from '@wedsync/contracts/seating-prints';
import { PrintSeating } from '@wedsync/contracts/seating-runs';
import type { ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requireSeating } from './permission.ts';
import { renderPrint } from './prints/render-print.ts';
import { readPrintScene } from './queries/read-print-scene.ts';
import { changePlan } from './write-plan.ts';

export interface PrintedFile {
  fileName: string;
  /** The PDF, in pieces, as it is drawn. */
  content: AsyncGenerator<Buffer>;
}

/** A name that any disk takes: "place-cards-dinner-r42.pdf". */
function fileNameOf(print: string, eventName: string, revision: number): string {
  const plain = eventName
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
  const event = plain.replace(/^-+|-+$/g, '').slice(0, 40);
  return `${[print, event, `r${revision}`].filter(Boolean).join('-')}.pdf`;
}

/**
 * A print of the plan as PDF. That it was made is written to the history: it carries names, diets
 * and allergies out of the house.
 * @throws DomainError `forbidden`, `not-found`, `precondition` `seating.no-layout`
 */
export async function printSeating(ctx: ServiceContext, input: PrintSeating): Promise<PrintedFile> {
  const { eventId, print, paper } = parseInput(PrintSeating, input);
  const scene = await readPrintScene(ctx, eventId);
  const { revision } = scene;
  await changePlan(
    ctx,
    ({ audit }) =>
      audit({
        action: 'seating.print',
        entity: 'seating',
        entityId: eventId,
        after: { print, paper, revision },
      }),
    'seating.print',
  );
  return {
    fileName: fileNameOf(print, scene.eventName, revision),
    content: renderPrint(scene, { print, paper }),
  };
}

/**
 * Says before printing which texts the fonts cannot show whole.
 * @throws DomainError `forbidden`, `not-found`, `precondition` `seating.no-layout`
 */
export async function checkPrint(
  ctx: ServiceContext,
  input: CheckSeatingPrint,
): Promise<PrintCheck> {
  const { eventId } = parseInput(CheckSeatingPrint, input);
  await requireSeating(ctx, 'seating.print');
  const { revision, notes } = await readPrintScene(ctx, eventId);
  return {
    revision,
    notes: notes.map(({ where, printed, characters }) => ({ where, printed, characters })),
  };
}
