import type { HouseholdId } from '@wedsync/contracts/ids';
import { drawCardSheets } from './card-sheet.ts';
import { fitText } from './fit-text.ts';
import { guestOrder } from './guest-order.ts';
import type { Area } from './page-frame.ts';
import { mm, type Paper } from './paper.ts';
import { ink, type Pen } from './pen.ts';
import { writeCentred } from './place-cards.ts';
import { type PrintGuest, type PrintScene, seatedGuests } from './print-scene.ts';

/** Those of a household who sit at one table. */
interface EscortCard {
  tableLabel: string;
  guests: PrintGuest[];
}

const joined = (names: readonly string[]) =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} & ${names.at(-1)}`;

/** "Ana & Tom Reis" where they share a name, "Ana Reis & Tom Berg" otherwise. */
export function namesTogether(guests: readonly PrintGuest[]): string {
  const [first] = guests;
  const lastName = first?.lastName ?? '';
  const shares = guests.every(
    (guest) => guest.lastName === lastName && guest.name === `${guest.firstName} ${lastName}`,
  );
  if (!lastName || !shares || guests.length === 1) return joined(guests.map(({ name }) => name));
  return `${joined(guests.map(({ firstName }) => firstName))} ${lastName}`;
}

function toCards(scene: PrintScene): EscortCard[] {
  const cards = new Map<HouseholdId | string, EscortCard>();
  for (const { guest, table } of seatedGuests(scene)) {
    const key = `${guest.householdId} ${table.label}`;
    const card = cards.get(key) ?? { tableLabel: table.label, guests: [] };
    card.guests.push(guest);
    cards.set(key, card);
  }
  const order = guestOrder(scene.locale);
  return [...cards.values()].toSorted(({ guests: [one] }, { guests: [other] }) =>
    one && other ? order(one, other) : 0,
  );
}

function drawCard(pen: Pen, { tableLabel, guests }: EscortCard, area: Area): void {
  const middle = area.x + area.width / 2;
  const width = area.width - mm(12);
  const names = fitText(pen, namesTogether(guests), {
    style: { face: 'serif', size: 18 },
    box: { width, linesMax: 4, sizeMin: 7 },
  });
  writeCentred(pen, names, { x: middle, y: area.y + area.height * 0.38 });
  const rule = area.y + area.height * 0.68;
  pen.doc.moveTo(middle - mm(8), rule).lineTo(middle + mm(8), rule);
  pen.doc.lineWidth(0.6).strokeColor(ink.faint).stroke();
  const style = { face: 'sans-bold', size: 13 } as const;
  const table = fitText(pen, `Table ${tableLabel}`, {
    style,
    box: { width, linesMax: 1, sizeMin: 6 },
  });
  const at = { x: middle, y: rule + mm(7), align: 'center' } as const;
  pen.write(table.lines[0] ?? '', at, { ...style, size: table.size });
}

/** One card per household and table, by name: guests pick theirs at the entrance. */
export function escortCards(pen: Pen, scene: PrintScene, paper: Paper): Generator<void> {
  const cards = toCards(scene);
  return drawCardSheets(pen, { paper, cards, draw: (card, area) => drawCard(pen, card, area) });
}
