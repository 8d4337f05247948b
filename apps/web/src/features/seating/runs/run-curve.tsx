import type { RunPoint } from '@wedsync/contracts/seating-runs';
import { formatCount } from '@wedsync/ui/format';
import { curveShape, tableRows } from './curve-shape.ts';

interface RunCurveProps {
  curve: readonly RunPoint[];
  /** Time at the right edge. */
  totalMs: number;
}

const box = { width: 320, height: 88 };
const seconds = (atMs: number) => `${(atMs / 1_000).toFixed(1)} s`;

/** The best plan so far over time, and what no plan can beat; the same as figures below. */
export function RunCurve({ curve, totalMs }: RunCurveProps) {
  const shape = curveShape(curve, totalMs, box);
  const [first] = curve;
  const last = curve.at(-1);
  // One point is no curve.
  if (!shape || !first || !last || curve.length < 2) return null;
  const hasBound = shape.bound !== '';
  return (
    <figure className="m-0">
      <svg
        viewBox={`-2 -4 ${box.width + 4} ${box.height + 8}`}
        role="img"
        aria-label={`Cost of the best plan from ${formatCount(first.cost)} at the start to ${formatCount(last.cost)} after ${seconds(last.atMs)}; lower is better`}
        className="block h-24 w-full overflow-visible rounded-lg bg-sunken p-1.5"
        preserveAspectRatio="none"
        fill="none"
        strokeWidth="2"
      >
        {hasBound ? (
          <path
            d={shape.bound}
            className="stroke-ink-faint"
            strokeDasharray="4 4"
            vectorEffect="non-scaling-stroke"
          />
        ) : null}
        <path d={shape.cost} className="stroke-accent" vectorEffect="non-scaling-stroke" />
      </svg>
      <figcaption className="mt-1 flex flex-wrap justify-between gap-x-4 text-ink-soft text-xs">
        <span className="inline-flex items-center gap-1.5">
          <span aria-hidden="true" className="h-0.5 w-4 bg-accent" />
          Best plan so far
        </span>
        {hasBound ? (
          <span className="inline-flex items-center gap-1.5">
            <span aria-hidden="true" className="w-4 border-ink-faint border-t-2 border-dashed" />
            No plan can be below this
          </span>
        ) : null}
      </figcaption>
      <details className="mt-1.5 text-sm">
        <summary className="cursor-pointer text-ink-soft">The same in figures</summary>
        <table className="tabular mt-1 w-full border-collapse text-left">
          <caption className="sr-only">Best plan and proven limit over time</caption>
          <thead className="text-ink-soft text-xs">
            <tr>
              <th scope="col" className="font-medium">
                After
              </th>
              <th scope="col" className="text-right font-medium">
                Best plan
              </th>
              <th scope="col" className="text-right font-medium">
                Proven limit
              </th>
            </tr>
          </thead>
          <tbody>
            {tableRows(curve).map(({ atMs, cost, bound }) => (
              <tr key={`${atMs}-${cost}-${bound}`} className="border-line border-t">
                <td>{seconds(atMs)}</td>
                <td className="text-right">{formatCount(cost)}</td>
                <td className="text-right">{bound === null ? 'none yet' : formatCount(bound)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
