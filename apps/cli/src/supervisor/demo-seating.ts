import type { EventId, SeatingTableId } from '@wedsync/contracts/ids';
import type {
  FixtureInput,
  SeatingGuest,
  SeatingPlan,
  SeatingTable,
  TableFeature,
  TableInput,
} from '@wedsync/contracts/seating';
import type { CreateRelationship } from '@wedsync/contracts/seating-rules';
import { assignSeats, createLayout, createRelationship, lockSeats } from '@wedsync/seating';
import type { ServiceContext } from '@wedsync/service/context';

/** A barn of 25 by 16.6 metres with a bay for the band. */
const outline = [
  [0, 0],
  [25_000, 0],
  [25_000, 16_600],
  [18_000, 16_600],
  [18_000, 18_600],
  [11_000, 18_600],
  [11_000, 16_600],
  [0, 16_600],
].map(([xMm = 0, yMm = 0]) => ({ xMm, yMm }));

const fixtures: FixtureInput[] = [
  {
    kind: 'kitchen-pass',
    label: 'Kitchen',
    xMm: 350,
    yMm: 6_000,
    widthMm: 3_200,
    depthMm: 600,
    rotation: 90,
  },
  { kind: 'door', label: 'Garden', xMm: 4_300, yMm: 16_550, widthMm: 2_400, depthMm: 200 },
  { kind: 'door', label: 'Hall', xMm: 22_000, yMm: 50, widthMm: 1_800, depthMm: 200 },
  { kind: 'dance-floor', xMm: 14_500, yMm: 9_400, widthMm: 6_000, depthMm: 6_000 },
  { kind: 'band', label: 'Os Amigos', xMm: 14_500, yMm: 17_500, widthMm: 5_500, depthMm: 1_900 },
  { kind: 'bar', xMm: 24_500, yMm: 9_200, widthMm: 4_000, depthMm: 800, rotation: 90 },
  { kind: 'cake', xMm: 19_900, yMm: 1_800, widthMm: 900, depthMm: 900 },
  { kind: 'pillar', xMm: 8_100, yMm: 9_200, widthMm: 350, depthMm: 350 },
  { kind: 'pillar', xMm: 20_900, yMm: 9_200, widthMm: 350, depthMm: 350 },
];

const columnsMm = [2_400, 6_200, 10_000, 19_000, 22_800];
const rowsMm = [4_400, 7_600, 10_800, 14_000];

/** Kitchen on the left, steps in the upper half, the garden door below on the left, the band below. */
function featuresAt(row: number, column: number): TableFeature[] {
  const features: TableFeature[] = [];
  if (row >= 2) features.push('step-free');
  if (column === 0 && row <= 1) features.push('near-kitchen');
  if (row === 3 && column <= 1) features.push('near-exit');
  if (row <= 1 && column === 4) features.push('quiet');
  if (row === 0 && (column === 2 || column === 3)) features.push('vip');
  return features;
}

const rounds = rowsMm.flatMap((yMm, row) =>
  columnsMm.map(
    (xMm, column): TableInput => ({
      label: String(row * columnsMm.length + column + 1),
      shape: 'round',
      seatCount: 9,
      xMm,
      yMm,
      widthMm: 1_800,
      depthMm: 1_800,
      features: featuresAt(row, column),
    }),
  ),
);

const head: TableInput = {
  label: 'Head',
  shape: 'head',
  seatCount: 10,
  xMm: 14_500,
  yMm: 2_000,
  widthMm: 7_200,
  depthMm: 900,
  features: ['vip', 'step-free'],
};

const featureOf = {
  wheelchair: 'step-free',
  'step-free': 'step-free',
  'seat-near-exit': 'near-exit',
  'quiet-place': 'quiet',
} as const;

/** What a household's table must offer, as far as the room can. */
function needsOf(household: readonly SeatingGuest[]): TableFeature[] {
  const needs = household.flatMap(({ accessibility }) =>
    accessibility.flatMap((need) =>
      need in featureOf ? [featureOf[need as keyof typeof featureOf]] : [],
    ),
  );
  const hasAllergy = household.some(({ diets }) =>
    diets.some(({ severity }) => severity === 'allergy'),
  );
  return [...new Set<TableFeature>([...needs, ...(hasAllergy ? (['near-kitchen'] as const) : [])])];
}

/** Households at the first table with room that suits them, as somebody who has just begun would do it. */
function placeHouseholds(plan: SeatingPlan, homes: readonly SeatingGuest[][]) {
  const free = new Map<SeatingTableId, number>();
  const tables = plan.tables.filter(({ shape }) => shape === 'round');
  for (const { id, seatCount } of tables) free.set(id, seatCount);
  return homes.flatMap((household) => {
    const needs = needsOf(household);
    const isFit = ({ id, features }: SeatingTable) =>
      (free.get(id) ?? 0) >= household.length && needs.every((need) => features.includes(need));
    const table = tables.find(isFit);
    if (!table) return [];
    free.set(table.id, (free.get(table.id) ?? 0) - household.length);
    return household.map(({ id: guestId }) => ({ guestId, tableId: table.id }));
  });
}

/** What a couple tells its planner about the people on the list. */
function wishesOf(homes: readonly SeatingGuest[][]): CreateRelationship[] {
  const singles = homes.filter(({ length }) => length === 1).flat();
  const families = homes.filter(({ length }) => length >= 3);
  const guest = (one: SeatingGuest | undefined) => one && { kind: 'guest' as const, id: one.id };
  const home = (of: SeatingGuest[] | undefined) =>
    of?.[0] && { kind: 'household' as const, id: of[0].householdId };
  const told = [
    ['never', guest(singles[0]), guest(singles[1]), 'Have not spoken since the divorce'],
    ['must', home(families[0]), home(families[0]), 'Small children'],
    ['prefer', home(families[1]), home(families[2]), 'The children are in one class'],
    ['avoid', guest(singles[2]), guest(singles[3]), 'Rival choirs'],
    ['next-to', guest(singles[4]), guest(singles[5]), 'He translates for her'],
    ['prefer', guest(singles[6]), home(families[3]), 'Neighbours for thirty years'],
  ] as const;
  return told.flatMap(([kind, one, other, note]) =>
    one && other ? [{ kind, one, other, note }] : [],
  );
}

/** How many of the households somebody has placed already. */
const placedShare = 0.55;

/** The dinner of the demo wedding: a furnished room, some wishes, and rather more than half of the guests. */
export async function seedDemoSeating(ctx: ServiceContext, eventId: EventId): Promise<void> {
  const plan = await createLayout(ctx, {
    eventId,
    outline,
    capacity: 200,
    tables: [head, ...rounds],
    fixtures,
  });
  const homes = [...Map.groupBy(plan.guests, ({ householdId }) => householdId).values()];
  for (const wish of wishesOf(homes)) await createRelationship(ctx, { ...wish, eventId });
  const top = plan.tables.find(({ shape }) => shape === 'head');
  const couples = homes.filter((home) => home.length === 2 && needsOf(home).length === 0);
  const party = couples.slice(0, 4);
  if (!top) throw new Error('the room has a head table');
  const atHead = party.flat().map(({ id }) => id);
  await assignSeats(ctx, {
    eventId,
    placements: atHead.map((guestId) => ({ guestId, tableId: top.id })),
  });
  await lockSeats(ctx, { eventId, guestIds: atHead, isLocked: true });
  const rest = homes.filter((home) => !party.includes(home));
  const begun = rest.slice(0, Math.ceil(rest.length * placedShare));
  await assignSeats(ctx, { eventId, placements: placeHouseholds(plan, begun) });
}
