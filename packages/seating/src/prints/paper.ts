import type { paperSizes } from '@wedsync/contracts/seating-runs';

export type Paper = (typeof paperSizes)[number];

/** PDF's unit, 1/72 inch. */
export const pointsPerMm = 72 / 25.4;
export const mm = (length: number): number => length * pointsPerMm;

/** Short and long side in millimetres (ISO 216; ANSI/ASME Y14.1). */
const sides: Readonly<Record<Paper, readonly [number, number]>> = {
  A4: [210, 297],
  A3: [297, 420],
  A2: [420, 594],
  A1: [594, 841],
  A0: [841, 1189],
  letter: [215.9, 279.4],
};

export interface PageSize {
  width: number;
  height: number;
}

/** Size of a sheet in points. */
export function pageSize(paper: Paper, orientation: 'portrait' | 'landscape'): PageSize {
  const [short, long] = sides[paper];
  return orientation === 'portrait'
    ? { width: mm(short), height: mm(long) }
    : { width: mm(long), height: mm(short) };
}

/** How much larger than A4 a sheet is drawn, so that a poster can be read from afar. */
export const paperScale = (paper: Paper): number => sides[paper][0] / 210;
