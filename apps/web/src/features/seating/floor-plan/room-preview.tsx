import { seatPlacesInRoom } from '@wedsync/contracts/seating-geometry';
import type { RoomPlan } from './geometry/room-templates.ts';
import { TopShape } from './table-mark.tsx';

const marginMm = 800;

/** A room to begin with, as small as a stamp: walls, tables, chairs. */
export function RoomPreview({ room, widthMm }: { room: RoomPlan; widthMm: number }) {
  const bottom = Math.max(
    ...room.outline.map(({ yMm }) => yMm),
    ...room.tables.map(({ yMm, depthMm }) => yMm + depthMm),
  );
  const points = room.outline.map(({ xMm, yMm }) => `${xMm},${yMm}`).join(' ');
  const box = [-marginMm, -marginMm, widthMm + 2 * marginMm, bottom + 2 * marginMm];
  return (
    <svg
      viewBox={box.join(' ')}
      role="img"
      aria-label="Preview of the room"
      className="max-h-[60dvh] w-full rounded-lg border border-line bg-sunken"
    >
      <polygon points={points} strokeWidth={140} className="fill-surface stroke-ink-soft" />
      {room.fixtures.map((fixture) => (
        <rect
          key={`${fixture.kind} ${fixture.xMm} ${fixture.yMm}`}
          x={fixture.xMm - fixture.widthMm / 2}
          y={fixture.yMm - fixture.depthMm / 2}
          width={fixture.widthMm}
          height={fixture.depthMm}
          strokeWidth={30}
          transform={`rotate(${fixture.rotation ?? 0} ${fixture.xMm} ${fixture.yMm})`}
          className="fill-hover stroke-line-strong"
        />
      ))}
      {room.tables.map((table) => (
        <g key={table.label}>
          {seatPlacesInRoom({ ...table, rotation: table.rotation ?? 0 }).map((seat) => (
            <circle
              key={seat.number}
              cx={seat.xMm}
              cy={seat.yMm}
              r={200}
              strokeWidth={25}
              className="fill-accent-soft stroke-accent-ink"
            />
          ))}
          <g transform={`translate(${table.xMm} ${table.yMm}) rotate(${table.rotation ?? 0})`}>
            <g strokeWidth={30}>
              <TopShape table={table} className="fill-raised stroke-line-strong" />
            </g>
          </g>
        </g>
      ))}
    </svg>
  );
}
