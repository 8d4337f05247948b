import { seatingPrints } from '@wedsync/contracts/seating-runs';
import { missingPackage } from '@wedsync/platform/required-package';
import { describe, expect, it } from 'vitest';
import { hallFacts, hallPlan, hallScene } from '../testing/print-plan.ts';
import { collect, pdfPages } from '../testing/read-pdf.ts';
import { catererTotals } from './caterer-totals.ts';
import { canPrint } from './fonts.ts';
import type { Paper } from './paper.ts';
import { buildPrintScene, type PrintScene, seatedGuests } from './print-scene.ts';
import { type PrintChoice, renderPrint } from './render-print.ts';

const rendered = (scene: PrintScene, print: PrintChoice['print'], paper: Paper = 'A4') =>
  collect(renderPrint(scene, { print, paper }));
/** Page objects stand uncompressed in what pdfkit writes. */
const pageCount = (pdf: Buffer) => pdf.toString('latin1').match(/\/Type \/Page\n/g)?.length ?? 0;
const boxes = (pdf: Buffer) =>
  [...pdf.toString('latin1').matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(
    ([, width, height]) => [Math.round(Number(width)), Math.round(Number(height))],
  );
const plain = (text: string) => text.replace(/\s+/g, ' ');

const scene = hallScene({ guestCount: 183, unseated: 3 });
const seated = seatedGuests(scene);

describe('a print', () => {
  it.each(seatingPrints)('is the same to the byte for the same plan: %s', async (print) => {
    const some = hallScene({ guestCount: 40, difficultEvery: 4 });
    const [one, other] = [await rendered(some, print), await rendered(some, print)];
    expect(one.equals(other)).toBe(true);
    expect(one.subarray(0, 8).toString()).toBe('%PDF-1.7');
  });

  it('tells no other time than the day it was printed on', async () => {
    const pdf = (await rendered(scene, 'place-cards')).toString('latin1');
    expect(pdf.match(/D:\d{8}/g)).toEqual(['D:20270601', 'D:20270601']);
  });

  it('has a page that says why where there is nothing to print', async () => {
    const nobody = hallScene({ guestCount: 16, unseated: 16 });
    const nothing = { ...nobody, tables: [], unseated: [], fixtures: [], notes: [] };
    for (const print of seatingPrints) {
      const pdf = await rendered(nothing, print);
      expect(pageCount(pdf), print).toBe(1);
    }
  });

  it.each([
    ['A4', 842, 595],
    ['A3', 1191, 842],
    ['A0', 3370, 2384],
    ['letter', 792, 612],
  ] as const)('comes on %s', async (paper, width, height) => {
    const [first] = boxes(await rendered(scene, 'floor-plan', paper));
    expect(first).toEqual([width, height]);
  });

  it('of a thousand guests stays within memory, and is drawn page by page', async () => {
    const large = hallScene({ guestCount: 1_000, difficultEvery: 7 });
    for (const print of seatingPrints) {
      let bytes = 0;
      let pieces = 0;
      for await (const piece of renderPrint(large, { print, paper: 'A4' })) {
        bytes += piece.length;
        pieces++;
      }
      expect(bytes, print).toBeLessThan(3_000_000);
      expect(pieces, print).toBeGreaterThan(1);
    }
  }, 30_000);

  it('stops drawing when nobody reads it any more', async () => {
    const pages = renderPrint(hallScene({ guestCount: 1_000 }), {
      print: 'place-cards',
      paper: 'A4',
    });
    await pages.next();
    await pages.return(undefined);
    expect(await pages.next()).toEqual({ done: true, value: undefined });
  });
});

const missing = missingPackage('poppler-utils');

describe.skipIf(missing)(`the text of a print ${missing ?? ''}`, () => {
  it('has a place card for everybody with a seat, ten on a sheet', async () => {
    const pages = pdfPages(await rendered(scene, 'place-cards'));
    const cards = pages.slice(0, Math.ceil(seated.length / 10));
    expect(cards).toHaveLength(18);
    expect(cards.join('').match(/Seat \d+/g)).toHaveLength(seated.length);
    expect(plain(cards.join(''))).toContain('⚠ Tree nuts');
  });

  it('has a card for every table, two on a page', async () => {
    const pages = pdfPages(await rendered(scene, 'table-cards'));
    expect(pages.filter((page) => page.includes('TABLE'))).toHaveLength(
      Math.ceil(scene.tables.length / 2),
    );
    expect(plain(pages.join(' '))).toContain('Sofia Costa');
  });

  it('leads every guest to the table at the door, also who has no seat yet', async () => {
    const text = plain(pdfPages(await rendered(scene, 'alphabetical-list')).join(' '));
    expect(text).toContain('Costa, Sofia');
    expect(text).toContain('Žďárská, Šárka');
    expect(text.match(/no seat yet/g)).toHaveLength(3);
  });

  it('gives the kitchen every allergy at its seat, and totals that agree with them', async () => {
    const text = plain(pdfPages(await rendered(scene, 'caterer-sheet')).join(' '));
    const { allergies } = catererTotals(scene);
    for (const { what, count } of allergies) {
      expect(text).toContain(`${count} ${what}`);
      // Once in the totals, once at each seat.
      expect(text.split(what).length - 1).toBe(count + 1);
    }
    expect(text).toContain('“No raw onions, please; cooked ones are fine.”');
    expect(text).toContain('High chair');
  });

  it('says its scale, and lists every name that the drawing has no room for', async () => {
    const [plan = '', ...key] = pdfPages(await rendered(scene, 'floor-plan'));
    expect(plain(plan)).toContain('1 : 125 on A4');
    expect(plain(plan)).toContain('As of revision 42, 1 de junho de 2027');
    expect(plain(key.join(' '))).toContain('Ana Duarte');
  });

  it('names those of a household at one table on one escort card', async () => {
    const pages = pdfPages(await rendered(hallScene({ guestCount: 16 }), 'escort-cards'));
    expect(plain(pages.join(' '))).toMatch(/Sofia & Hugo Costa|Sofia Costa & Hugo/);
  });

  it('shows names of many alphabets, and marks what no font holds instead of printing boxes', async () => {
    const nasty = hallScene({ guestCount: 18, difficultEvery: 1 });
    const text = plain(pdfPages(await rendered(nasty, 'caterer-sheet')).join(' '));
    for (const name of [
      'Łukasz',
      'Šárka',
      'Ørsted',
      'Þórdís',
      'İpek',
      'Ελένη',
      'Екатерина',
      'Ann Lee',
    ]) {
      expect(text).toContain(name);
    }
    // Letters of one word may be given joined forms: compared without them.
    expect(text.normalize('NFKC')).toContain('مريم');
    expect(text).not.toMatch(/[李田🎉]/u);
    expect(text).toContain('_____ _____ ✎1');
    expect(text).toContain('To write by hand');
    expect(text).toContain('U+674E');
    expect(text).toContain('Anna Parti');
  });
});

describe('a scene', () => {
  it('leaves out who has declined and still holds a seat', () => {
    const plan = hallPlan({ guestCount: 8 });
    const [first] = plan.guests;
    if (first) first.answer = 'no';
    const { tables } = buildPrintScene(plan, hallFacts, canPrint);
    expect(tables.flatMap(({ seats }) => seats).filter(({ guest }) => guest)).toHaveLength(7);
  });

  it('calls a companion without a name by the host', () => {
    const plan = hallPlan({ guestCount: 44, difficultEvery: 100 });
    const names = seatedGuests(buildPrintScene(plan, hallFacts, canPrint)).map(
      ({ guest }) => guest.name,
    );
    expect(names).toContain('Guest of Rui Almeida');
  });
});
