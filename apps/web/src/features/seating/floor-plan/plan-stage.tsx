import type { RoomPoint, SeatingPlan } from '@wedsync/contracts/seating';
import { boundsOf, tableReach } from '@wedsync/contracts/seating-geometry';
import { memo, type Ref, useMemo } from 'react';
import { useSeating } from '../plan-store.ts';
import { FixtureMark } from './fixture-mark.tsx';
import type { Detail, RoomBox } from './geometry/viewport.ts';
import { TableMark } from './table-mark.tsx';
import { ThingHandles } from './thing-handles.tsx';
import { usePlanMarks } from './use-plan-marks.ts';

/** Around the room: a wall's thickness, and space to pull a table out. */
const marginMm = 700;

/** The room with everything that stands in it or beside it. */
export function boxOf({ layout, tables, fixtures }: SeatingPlan): RoomBox {
  const reachOf = (thing: RoomPoint, half: number): RoomPoint[] => [
    { xMm: thing.xMm - half, yMm: thing.yMm - half },
    { xMm: thing.xMm + half, yMm: thing.yMm + half },
  ];
  const bounds = boundsOf([
    ...layout.outline,
    ...tables.flatMap((table) => {
      const { xMm, yMm } = tableReach(table);
      return reachOf(table, Math.max(xMm, yMm));
    }),
    ...fixtures.flatMap((fixture) =>
      reachOf(fixture, Math.max(fixture.widthMm, fixture.depthMm) / 2),
    ),
  ]) ?? { xMm: 0, yMm: 0, widthMm: 10_000, depthMm: 8_000 };
  return {
    xMm: Math.floor(bounds.xMm - marginMm),
    yMm: Math.floor(bounds.yMm - marginMm),
    widthMm: Math.ceil(bounds.widthMm + 2 * marginMm),
    depthMm: Math.ceil(bounds.depthMm + 2 * marginMm),
  };
}

interface PlanStageProps {
  ref: Ref<SVGSVGElement>;
  box: RoomBox;
  detail: Detail;
  /** Which thing the keyboard is on, e.g. `seat:<table>:3`. */
  focusKey: string | null;
}

const focusOf = (focusKey: string | null, tableId: string): 'table' | number | null => {
  if (focusKey === `table:${tableId}`) return 'table';
  const prefix = `seat:${tableId}:`;
  return focusKey?.startsWith(prefix) ? Number(focusKey.slice(prefix.length)) : null;
};

/** The room from above, to scale: a unit of the drawing is a millimetre. */
export function PlanStage({ ref, box, detail, focusKey }: PlanStageProps) {
  const { plan, index, selection, presence, isArranging } = useSeating();
  const marks = usePlanMarks({ index, selection, presence });
  return (
    <svg
      ref={ref}
      viewBox={`${box.xMm} ${box.yMm} ${box.widthMm} ${box.depthMm}`}
      className="block overflow-visible [&_.plan-line]:[vector-effect:non-scaling-stroke] [&_.seat-shape]:[vector-effect:non-scaling-stroke]"
      aria-hidden={plan.tables.length === 0 && !isArranging}
    >
      <title>Floor plan</title>
      <RoomMark outline={plan.layout.outline} />
      {plan.fixtures.map((fixture) => (
        <FixtureMark
          key={fixture.id}
          fixture={fixture}
          isArranging={isArranging}
          isSelected={selection.fixtureIds.has(fixture.id)}
          isFocused={focusKey === `fixture:${fixture.id}`}
        />
      ))}
      {index.tableList.map((view) => (
        <TableMark
          key={view.table.id}
          view={view}
          detail={detail}
          focus={focusOf(focusKey, view.table.id)}
          isSelected={selection.tableIds.has(view.table.id)}
          selectedSeats={marks.selectedSeats.get(view.table.id) ?? ''}
          heldSeats={marks.heldSeats.get(view.table.id) ?? ''}
          heldBy={marks.heldBy.get(view.table.id) ?? ''}
        />
      ))}
      <ThingHandles />
    </svg>
  );
}

/** Floor, metre lines and walls. */
const RoomMark = memo(function RoomMark({ outline }: { outline: readonly RoomPoint[] }) {
  const points = outline.map(({ xMm, yMm }) => `${xMm},${yMm}`).join(' ');
  const lines = useMemo(() => {
    const box = boundsOf(outline);
    if (!box) return '';
    const metres = (from: number, length: number) =>
      Array.from({ length: Math.max(0, Math.ceil(length / 1_000) - 1) }, (_, at) =>
        Math.round(from + (at + 1) * 1_000),
      );
    const across = metres(box.xMm, box.widthMm).map((x) => `M${x} ${box.yMm}v${box.depthMm}`);
    const down = metres(box.yMm, box.depthMm).map((y) => `M${box.xMm} ${y}h${box.widthMm}`);
    return [...across, ...down].join('');
  }, [outline]);
  return (
    <g>
      <polygon points={points} className="fill-surface" />
      <clipPath id="room-floor">
        <polygon points={points} />
      </clipPath>
      <path
        d={lines}
        clipPath="url(#room-floor)"
        className="plan-line fill-none stroke-[0.6] stroke-line"
      />
      <polygon
        points={points}
        strokeWidth={140}
        strokeLinejoin="miter"
        className="fill-none stroke-ink-soft"
      />
    </g>
  );
});
