import type { paperSizes, SeatingPrint } from '@wedsync/contracts/seating-runs';

export type Paper = (typeof paperSizes)[number];

/** The prints in the order in which they are needed, in words. */
export const prints: readonly { value: SeatingPrint; label: string; note: string }[] = [
  { value: 'floor-plan', label: 'Floor plan', note: 'To scale, with tables, seats and names' },
  { value: 'place-cards', label: 'Place cards', note: 'One per guest, with meal and allergies' },
  { value: 'escort-cards', label: 'Escort cards', note: 'One per household, for the entrance' },
  { value: 'table-cards', label: 'Table cards', note: 'Two on a page, with the names' },
  { value: 'alphabetical-list', label: 'Who sits where', note: 'By name, for the door' },
  {
    value: 'caterer-sheet',
    label: 'Caterer’s sheet',
    note: 'Meals and allergies per seat, with totals',
  },
];

export const papers: readonly { value: Paper; label: string; note?: string }[] = [
  { value: 'A4', label: 'A4' },
  { value: 'A3', label: 'A3' },
  { value: 'A2', label: 'A2', note: 'Poster' },
  { value: 'A1', label: 'A1', note: 'Poster' },
  { value: 'A0', label: 'A0', note: 'Poster' },
  { value: 'letter', label: 'Letter', note: '8.5 × 11 in' },
];

/** Where the server draws a print. */
export const printUrl = (
  { weddingId, eventId }: { weddingId: string; eventId: string },
  { print, paper }: { print: SeatingPrint; paper: Paper },
): string => `/print/seating/${weddingId}/${eventId}/${print}.pdf?paper=${paper}`;
