import type { RunPoint } from '@wedsync/contracts/seating-runs';

/** What is drawn: paths in a box of `width` × `height`, y down. */
export interface CurveShape {
  cost: string;
  bound: string;
}

interface Box {
  width: number;
  height: number;
}

const round = (value: number) => Math.round(value * 10) / 10;

/** A staircase: a cost holds until a better one is found. */
function staircase(points: readonly [number, number][], { width }: Box): string {
  const [first, ...rest] = points;
  if (!first) return '';
  const steps = rest.map(([x, y]) => `H${round(x)}V${round(y)}`).join('');
  return `M${round(first[0])} ${round(first[1])}${steps}H${round(width)}`;
}

/** The ten best moments of a curve are enough for a table: first, last, and evenly between. */
export function tableRows(curve: readonly RunPoint[], rowsMax = 10): RunPoint[] {
  if (curve.length <= rowsMax) return [...curve];
  const step = (curve.length - 1) / (rowsMax - 1);
  return Array.from({ length: rowsMax }, (_, row) => curve[Math.round(row * step)]).filter(
    (point) => point !== undefined,
  );
}

/**
 * The curve of best costs and proven bounds. Early plans are many times worse than the last one, so
 * the height is the logarithm of the distance to the lowest figure.
 * @param totalMs time at the right edge
 */
export function curveShape(
  curve: readonly RunPoint[],
  totalMs: number,
  box: Box,
): CurveShape | null {
  const bounds = curve.flatMap(({ bound }) => bound ?? []);
  const figures = [...curve.map(({ cost }) => cost), ...bounds];
  if (figures.length === 0) return null;
  const low = Math.min(...figures);
  const span = Math.log1p(Math.max(...figures) - low) || 1;
  const x = (atMs: number) => (Math.min(atMs, totalMs) / Math.max(totalMs, 1)) * box.width;
  const y = (figure: number) => (1 - Math.log1p(figure - low) / span) * box.height;
  return {
    cost: staircase(
      curve.map((point) => [x(point.atMs), y(point.cost)]),
      box,
    ),
    bound: staircase(
      curve.flatMap(({ atMs, bound }) => (bound === null ? [] : [[x(atMs), y(bound)]])),
      box,
    ),
  };
}
