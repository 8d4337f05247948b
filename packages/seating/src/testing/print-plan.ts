import type { Diet } from '@wedsync/contracts/guest-import';
import {
  EventId,
  GuestId,
  HouseholdId,
  SeatId,
  SeatingFixtureId,
  SeatingLayoutId,
  SeatingTableId,
} from '@wedsync/contracts/ids';
import type {
  FixtureInput,
  Seat,
  SeatAssignment,
  SeatingGuest,
  SeatingPlan,
  SeatingTable,
} from '@wedsync/contracts/seating';
import { usualTableSize } from '@wedsync/contracts/seating-geometry';
import { canPrint } from '../prints/fonts.ts';
import { buildPrintScene, type PrintScene, type SceneFacts } from '../prints/print-scene.ts';

/** Names that break naive prints: long, hyphenated, of many scripts, and of scripts without a font. */
export const difficultNames: readonly (readonly [string, string])[] = [
  ['Łukasz', 'Brzęczyszczykiewicz'],
  ['Šárka', 'Žďárská'],
  ['Søren', 'Ørsted'],
  ['Þórdís', 'Guðmundsdóttir'],
  ['Nguyễn', 'Thị Minh Khai'],
  ['İpek', 'Yılmaz-Öztürk'],
  ['Ελένη', 'Παπαδοπούλου'],
  ['Екатерина', 'Щербакова'],
  ['مريم', 'عبد الرحمن'],
  ['שרה', 'לוי (Levi)'],
  ['伟', '李'],
  ['さくら', '田中'],
  ['Maximiliane-Theodora', 'von und zu Hohenlohe-Waldenburg-Schillingsfürst'],
  ['Wolfeschlegelsteinhausenbergerdorff', 'Rindfleischetikettierungsüberwachungsaufgaben'],
  ['Jo', 'O’Neill'],
  ['Anna 🎉', 'Parti'],
  ['Ａｎｎ', 'Ｌｅｅ'],
  ['=HYPERLINK("x")', '@cmd'],
];

const givenNames =
  'Ana Tom Inês Paul Clara José Marta Rui Sofia Hugo Lena Emil Ida Noah Eva Karl'.split(' ');
const familyNames =
  'Reis Berg Almeida Fischer Costa Novák Lima Weber Duarte Åkesson Pinto Ek Santos Zeman Rocha Öhman Meyer'.split(
    ' ',
  );

const diets: readonly Diet[][] = [
  [{ code: 'vegetarian', severity: 'preference' }],
  [{ code: 'vegan', severity: 'preference' }],
  [{ code: 'nuts', severity: 'allergy' }],
  [
    { code: 'gluten', severity: 'allergy' },
    { code: 'lactose', severity: 'preference' },
  ],
  [{ code: 'halal', severity: 'preference' }],
];

const uuid = (kind: number, index: number) =>
  `0190a000-000${kind}-7000-8000-${index.toString(16).padStart(12, '0')}`;

function guestAt(index: number, difficultEvery: number): SeatingGuest {
  const difficult =
    index % difficultEvery === 0
      ? difficultNames[Math.floor(index / difficultEvery) % difficultNames.length]
      : undefined;
  const family = familyNames[Math.floor(index / 2) % familyNames.length] ?? '';
  const [firstName, lastName] = difficult ?? [givenNames[index % givenNames.length] ?? '', family];
  const isOpenPlace = index % 41 === 40;
  return {
    id: GuestId.parse(uuid(1, index)),
    householdId: HouseholdId.parse(uuid(2, Math.floor(index / 2))),
    householdName: `Family ${family}`,
    plusOneOf: isOpenPlace ? GuestId.parse(uuid(1, index - 1)) : null,
    firstName: isOpenPlace ? '' : firstName,
    lastName: isOpenPlace ? '' : lastName,
    ageGroup: index % 17 === 5 ? 'child' : index % 53 === 7 ? 'infant' : 'adult',
    side: null,
    diets: index % 6 === 1 ? (diets[Math.floor(index / 6) % diets.length] ?? []) : [],
    accessibility: index % 53 === 7 ? ['high-chair'] : index % 61 === 9 ? ['wheelchair'] : [],
    tagIds: [],
    answer: 'yes',
  };
}

function tableAt(index: number, columns: number): SeatingTable {
  const shapes = ['round', 'round', 'round', 'rectangular', 'round', 'oval'] as const;
  const shape = index === 0 ? 'head' : (shapes[index % shapes.length] ?? 'round');
  const seatCount = 8;
  return {
    id: SeatingTableId.parse(uuid(3, index)),
    version: 1,
    label: index === 0 ? 'Ana & Tom' : String(index),
    shape,
    seatCount,
    xMm: index === 0 ? 3_400 : 2_200 + (index % columns) * 3_100,
    yMm: index === 0 ? 2_400 : 5_200 + Math.floor(index / columns) * 3_100,
    rotation: shape === 'rectangular' ? (index % 2) * 90 : 0,
    ...usualTableSize(shape, seatCount),
    zone: index % 7 === 6 ? 'Terrace' : '',
    features: [],
    isLocked: false,
  };
}

export interface HallOptions {
  guestCount: number;
  /** The last ones have no seat. */
  unseated?: number;
  /** One guest in so many has a difficult name; 1 = all of them. */
  difficultEvery?: number;
}

/** A hall with tables of eight in rows, and everybody seated but the last few guests. */
export function hallPlan({
  guestCount,
  unseated = 0,
  difficultEvery = 10,
}: HallOptions): SeatingPlan {
  const guests = Array.from({ length: guestCount }, (_, index) => guestAt(index, difficultEvery));
  const tableCount = Math.ceil(guestCount / 7.8);
  const columns = Math.ceil(Math.sqrt(tableCount * 1.6));
  const tables = Array.from({ length: tableCount }, (_, index) => tableAt(index, columns));
  const seats: Seat[] = tables.flatMap((table, at) =>
    Array.from({ length: table.seatCount }, (_, index) => ({
      id: SeatId.parse(uuid(4, at * 100 + index)),
      tableId: table.id,
      number: index + 1,
    })),
  );
  const assignments = guests
    .slice(0, guestCount - unseated)
    .flatMap((guest, index): SeatAssignment[] => {
      const seat = seats[index];
      if (!seat) return [];
      const { id: seatId, tableId, number: seatNumber } = seat;
      return [
        { guestId: guest.id, seatId, tableId, seatNumber, isLocked: false, placedBy: 'manual' },
      ];
    });
  const [width, depth] = [columns * 3_100 + 1_300, Math.ceil(tableCount / columns) * 3_100 + 4_200];
  const things: FixtureInput[] = [
    { kind: 'dance-floor', xMm: width / 2 + 1_500, yMm: 1_900, widthMm: 5_000, depthMm: 2_600 },
    { kind: 'band', xMm: width - 2_500, yMm: 1_200, widthMm: 3_000, depthMm: 1_500, rotation: 20 },
    { kind: 'door', xMm: 0, yMm: depth / 2, widthMm: 200, depthMm: 1_800 },
    { kind: 'kitchen-pass', xMm: width - 800, yMm: depth - 300, widthMm: 1_600, depthMm: 600 },
    { kind: 'bar', label: 'Gin bar', xMm: 2_000, yMm: depth - 600, widthMm: 2_400, depthMm: 800 },
  ];
  return {
    layout: {
      id: SeatingLayoutId.parse(uuid(5, 1)),
      eventId: EventId.parse(uuid(6, 1)),
      outline: [
        [0, 0],
        [width, 0],
        [width, depth],
        [0, depth],
      ].map(([xMm = 0, yMm = 0]) => ({ xMm, yMm })),
      capacity: null,
      notes: '',
      revision: 42,
      version: 1,
    },
    fixtures: things.map((thing, index) => ({
      id: SeatingFixtureId.parse(uuid(7, index)),
      version: 1,
      label: '',
      rotation: 0,
      ...thing,
    })),
    tables,
    seats,
    guests,
    assignments,
    canUndo: false,
    canRedo: false,
  };
}

export const hallFacts: SceneFacts = {
  couple: 'Ana Reis & Tom Berg',
  eventName: 'Dinner',
  day: '2027-06-19',
  venue: 'Quinta do Vale, Sintra',
  locale: 'pt-PT',
  asOf: '2027-06-01',
  dietNotes: new Map([[GuestId.parse(uuid(1, 7)), 'No raw onions, please; cooked ones are fine.']]),
};

export const hallScene = (options: HallOptions): PrintScene =>
  buildPrintScene(hallPlan(options), hallFacts, canPrint);
