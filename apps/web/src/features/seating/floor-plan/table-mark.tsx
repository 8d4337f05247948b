import type { SeatingTable } from '@wedsync/contracts/seating';
import { depthOf, rotatePoint, tableTop } from '@wedsync/contracts/seating-geometry';
import { memo } from 'react';
import type { TableView } from '../plan-model.ts';
import { placesOf } from './geometry/hit-test.ts';
import type { Detail } from './geometry/viewport.ts';
import { LockGlyph, SeatMark } from './seat-mark.tsx';
import { tableLabel } from './seat-words.ts';

/** SVG has no button of its own. */
const pressable = (isPressed: boolean) => ({ role: 'button', 'aria-pressed': isPressed });

interface TableMarkProps {
  view: TableView;
  detail: Detail;
  /** `table`, the number of a seat, or nothing: what of the table the keyboard is on. */
  focus: 'table' | number | null;
  isSelected: boolean;
  /** Numbers of the seats whose guests are selected, with commas around: ",2,5,". */
  selectedSeats: string;
  /** Seats that others have selected, as `number:names` with commas between. */
  heldSeats: string;
  /** Names of others who look at the table. */
  heldBy: string;
}

function toneOf({ seats, seatedCount }: TableView, isSelected: boolean): string {
  if (isSelected) return 'fill-accent-soft stroke-accent stroke-3';
  if (seats.length > 0 && seatedCount === seats.length) return 'fill-raised stroke-accent-ink/60';
  return seatedCount === 0 ? 'fill-sunken stroke-line-strong' : 'fill-raised stroke-line-strong';
}

/** A table with its chairs. Drawn again only when something of this very table changes. */
export const TableMark = memo(function TableMark(props: TableMarkProps) {
  const { view, detail, focus, isSelected, selectedSeats, heldSeats, heldBy } = props;
  const { table } = view;
  const held = new Map(
    heldSeats.split(',').map((part): [string, string] => {
      const [number = '', names = ''] = part.split(':');
      return [number, names];
    }),
  );
  return (
    <g data-thing={`table:${table.id}`} transform={`translate(${table.xMm} ${table.yMm})`}>
      <g
        {...pressable(isSelected)}
        aria-label={tableLabel(view)}
        tabIndex={focus === 'table' ? 0 : -1}
        data-focus-key={`table:${table.id}`}
        className="group/table cursor-pointer outline-none"
      >
        <g transform={table.rotation ? `rotate(${table.rotation})` : undefined}>
          <TopShape table={table} className={`${toneOf(view, isSelected)} plan-line`} />
          {heldBy ? (
            <TopShape
              table={table}
              className="plan-line fill-none stroke-3 stroke-info"
              grow={60}
            />
          ) : null}
          <TopShape
            table={table}
            grow={50}
            className="plan-line fill-none stroke-3 stroke-focus opacity-0 group-focus-visible/table:opacity-100"
          />
        </g>
      </g>
      {/* Beside the button, not in it: its name says more than these letters. */}
      <g className="pointer-events-none select-none">
        <TableText view={view} detail={detail} />
        {table.isLocked ? (
          <g transform={`translate(0 ${-Math.min(table.widthMm, depthOf(table)) * 0.34})`}>
            <LockGlyph />
          </g>
        ) : null}
      </g>
      {detail === 'tables'
        ? null
        : placesOf(table).map((place, at) => {
            const seat = view.seats[at];
            if (!seat) return null;
            const turned = rotatePoint(place, table.rotation);
            return (
              <SeatMark
                key={seat.seat.id}
                view={seat}
                place={{ ...place, ...turned }}
                detail={detail}
                isSelected={selectedSeats.includes(`,${place.number},`)}
                heldBy={held.get(String(place.number)) ?? ''}
                tabIndex={focus === place.number ? 0 : -1}
              />
            );
          })}
    </g>
  );
});

interface TopShapeProps {
  table: Pick<SeatingTable, 'shape' | 'seatCount' | 'widthMm' | 'depthMm'>;
  className: string;
  /** Millimetres by which it reaches over the edge, for rings around it. */
  grow?: number;
}

/** The top of a table that stands in the origin. */
export function TopShape({ table, className, grow = 0 }: TopShapeProps) {
  const top = tableTop(table);
  if (top.kind === 'ellipse') {
    return <ellipse rx={top.rxMm + grow} ry={top.ryMm + grow} className={className} />;
  }
  if (top.kind === 'rectangle') {
    const [width, depth] = [top.widthMm + 2 * grow, top.depthMm + 2 * grow];
    return (
      <rect
        x={-width / 2}
        y={-depth / 2}
        width={width}
        height={depth}
        rx={top.cornerMm + grow}
        className={className}
      />
    );
  }
  return (
    <polygon
      points={top.points.map(({ xMm, yMm }) => `${Math.round(xMm)},${Math.round(yMm)}`).join(' ')}
      className={className}
      strokeLinejoin="round"
    />
  );
}

/**
 * Letters are as large as on paper, but never wider than the table; beside each other on a long one.
 * From afar the name has the table for itself.
 */
function TableText({ view, detail }: { view: TableView; detail: Detail }) {
  const { table, seats, seatedCount } = view;
  const depth = depthOf(table);
  const isFar = detail === 'tables';
  const isLong = !isFar && table.widthMm > depth * 1.8;
  const isTurned = table.rotation % 180 !== 0;
  const count = `${seatedCount}/${seats.length}`;
  const letters = isLong ? table.label.length + count.length : Math.max(2, table.label.length);
  const share = isFar ? 0.62 : isLong ? 0.55 : 0.36;
  const largest = Math.min(depth * share, (table.widthMm * 1.5) / letters);
  const size = `min(${Math.round(largest)}px, calc(var(--u, 20) * 19px))`;
  const small = `min(${Math.round(largest * 0.66)}px, calc(var(--u, 20) * 13px))`;
  const hasZone = table.zone && !isLong && (detail === 'initials' || detail === 'names');
  return (
    <text
      textAnchor="middle"
      dominantBaseline={isLong || isFar ? 'central' : undefined}
      transform={isLong && isTurned ? `rotate(${uprightAngle(table.rotation)})` : undefined}
    >
      <tspan
        x={isLong ? undefined : 0}
        dy={isLong || isFar ? undefined : '-0.02em'}
        className="fill-ink font-display font-semibold"
        style={{ fontSize: size }}
      >
        {table.label}
      </tspan>
      {isFar ? null : (
        <tspan
          x={isLong ? undefined : 0}
          dx={isLong ? '0.6em' : undefined}
          dy={isLong ? undefined : '1.25em'}
          className="tabular fill-ink-soft"
          style={{ fontSize: small }}
        >
          {count}
        </tspan>
      )}
      {hasZone ? (
        <tspan x={0} dy="1.25em" className="fill-ink-soft" style={{ fontSize: small }}>
          {table.zone}
        </tspan>
      ) : null}
    </text>
  );
}

/** Along the table, but never on its head. */
const uprightAngle = (rotation: number) =>
  rotation > 90 && rotation <= 270 ? rotation - 180 : rotation;
