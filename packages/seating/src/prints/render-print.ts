import { setImmediate as otherWork } from 'node:timers/promises';
import type { SeatingPrint } from '@wedsync/contracts/seating-runs';
import { alphabeticalList } from './alphabetical-list.ts';
import { catererSheet } from './caterer-sheet.ts';
import { escortCards } from './escort-cards.ts';
import { floorPlan } from './floor-plan.ts';
import { notesPage } from './notes-page.ts';
import { drawEmptyPage, occasion } from './page-frame.ts';
import { type Paper, pageSize, paperScale } from './paper.ts';
import { createPen, type Pen } from './pen.ts';
import { placeCards } from './place-cards.ts';
import { type PrintScene, seatedGuests } from './print-scene.ts';
import { tableCards } from './table-cards.ts';
import { printTitles } from './words.ts';

type DrawPrint = (pen: Pen, scene: PrintScene, paper: Paper) => Generator<void>;

const drawings: Readonly<Record<SeatingPrint, DrawPrint>> = {
  'floor-plan': floorPlan,
  'table-cards': tableCards,
  'place-cards': placeCards,
  'escort-cards': escortCards,
  'alphabetical-list': alphabeticalList,
  'caterer-sheet': catererSheet,
};

export interface PrintChoice {
  print: SeatingPrint;
  paper: Paper;
}

/** Why a print would be empty; undefined where it is not, or says so itself. */
function reasonForNothing(scene: PrintScene, print: SeatingPrint): string | undefined {
  if (print === 'table-cards' && scene.tables.length === 0) {
    return 'The room has no tables yet. Add some to the floor plan and print this again.';
  }
  const isPerGuest = print === 'place-cards' || print === 'escort-cards';
  if (isPerGuest && seatedGuests(scene).length === 0) {
    return 'Nobody has a seat yet. Seat guests in the plan and print this again.';
  }
  return undefined;
}

function* drawPages(pen: Pen, scene: PrintScene, { print, paper }: PrintChoice): Generator<void> {
  const why = reasonForNothing(scene, print);
  if (why) {
    const size = pageSize(paper, 'portrait');
    const look = { size, marginMm: 14, scale: paperScale(paper) };
    const frame = { ...look, title: printTitles[print], page: 1, pages: 1 };
    drawEmptyPage(pen, scene, { ...frame, why });
    yield;
  } else {
    yield* drawings[print](pen, scene, paper);
  }
  yield* notesPage(pen, scene, paper);
}

/**
 * Draws a print as PDF, page by page at the pace at which it is read, with other work in between.
 * The same scene, print and paper give the same bytes.
 */
export async function* renderPrint(scene: PrintScene, choice: PrintChoice): AsyncGenerator<Buffer> {
  const title = `${printTitles[choice.print]} – ${occasion(scene)}`;
  const pen = createPen({ title, language: scene.locale, asOf: scene.asOf });
  const written = (): Buffer | null => pen.doc.read() as Buffer | null;
  for (const _ of drawPages(pen, scene, choice)) {
    // A page takes milliseconds of a processor that others wait for.
    await otherWork();
    const chunk = written();
    if (chunk) yield chunk;
  }
  pen.doc.end();
  yield* pen.doc as AsyncIterable<Buffer>;
}
