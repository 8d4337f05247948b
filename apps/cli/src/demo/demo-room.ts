import type { CreateSeatingLayout, FixtureInput, TableInput } from '@wedsync/contracts/seating';

/** A barn of 24 by 16 metres. */
const [widthMm, depthMm] = [24_000, 16_000];
const columns = 6;

/** Four rows of six round tables: the first by the kitchen, the last without steps from the door. */
function tableAt(index: number): TableInput {
  const [row, column] = [Math.floor(index / columns), index % columns];
  const features: TableInput['features'] = [];
  if (row === 0) features.push('near-kitchen');
  if (row >= 2) features.push('step-free');
  if (row === 3) features.push('near-exit');
  if (column === 0) features.push('quiet');
  return {
    label: String(index + 1),
    shape: 'round',
    seatCount: 8,
    xMm: 2_500 + column * 3_600,
    yMm: 3_000 + row * 3_100,
    widthMm: 1_520,
    depthMm: 1_520,
    features,
  };
}

const fixtures: FixtureInput[] = [
  { kind: 'kitchen-pass', xMm: 12_000, yMm: 400, widthMm: 4_000, depthMm: 600 },
  { kind: 'door', xMm: 12_000, yMm: 15_900, widthMm: 2_400, depthMm: 200 },
  { kind: 'dance-floor', xMm: 22_900, yMm: 8_000, widthMm: 2_000, depthMm: 6_000 },
];

/** The room of the demo's dinner: 24 tables of eight. */
export const demoRoom: Omit<CreateSeatingLayout, 'eventId'> = {
  outline: [
    { xMm: 0, yMm: 0 },
    { xMm: widthMm, yMm: 0 },
    { xMm: widthMm, yMm: depthMm },
    { xMm: 0, yMm: depthMm },
  ],
  tables: Array.from({ length: 24 }, (_, index) => tableAt(index)),
  fixtures,
};
