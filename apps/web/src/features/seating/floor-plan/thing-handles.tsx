import type { RoomPoint } from '@wedsync/contracts/seating';
import { tableReach } from '@wedsync/contracts/seating-geometry';
import { useSeating } from '../plan-store.ts';

interface Handled extends RoomPoint {
  key: string;
  rotation: number;
  halfWidthMm: number;
  halfDepthMm: number;
  reachMm: number;
}

/** The one thing that is selected; several are moved but not turned or sized by hand. */
function useHandled(): Handled | null {
  const { index, selection, isArranging, canEdit } = useSeating();
  const [tableId, ...moreTables] = selection.tableIds;
  const [fixtureId, ...moreFixtures] = selection.fixtureIds;
  if (!isArranging || !canEdit || moreTables.length > 0 || moreFixtures.length > 0) return null;
  const table = tableId && index.tables.get(tableId)?.table;
  const fixture = fixtureId && index.fixtures.get(fixtureId);
  if (table && fixture) return null;
  if (table) {
    const isRound = table.shape === 'round';
    return {
      ...table,
      key: `table:${table.id}`,
      halfWidthMm: table.widthMm / 2,
      halfDepthMm: (isRound ? table.widthMm : table.depthMm) / 2,
      reachMm: tableReach(table).yMm,
    };
  }
  if (!fixture) return null;
  return {
    ...fixture,
    key: `fixture:${fixture.id}`,
    halfWidthMm: fixture.widthMm / 2,
    halfDepthMm: fixture.depthMm / 2,
    reachMm: fixture.depthMm / 2,
  };
}

const knob = { r: 'calc(var(--u, 20) * 9px)' };
const target = { r: 'calc(var(--u, 20) * 22px)' };

/** A knob to turn and a knob to size the selected thing; fingers find them within 44 pixels. */
export function ThingHandles() {
  const thing = useHandled();
  if (!thing) return null;
  return (
    <g
      data-thing={thing.key}
      transform={`translate(${thing.xMm} ${thing.yMm}) rotate(${thing.rotation})`}
    >
      <g
        data-handle="rotate"
        className="cursor-grab"
        style={{ transform: `translateY(calc(${-thing.reachMm}px - var(--u, 20) * 24px))` }}
      >
        <circle style={target} className="fill-transparent" />
        <circle style={knob} className="plan-line fill-surface stroke-2 stroke-accent" />
        <path
          style={{ transform: 'scale(var(--u, 20))' }}
          d="M-3.5 -2 A4 4 0 1 1 -3.5 2 M-5.5 -3.5 L-3.5 -1.5 L-1.5 -3.5"
          className="plan-line fill-none stroke-[1.5] stroke-accent"
        />
      </g>
      <g
        data-handle="resize"
        className="cursor-nwse-resize"
        transform={`translate(${thing.halfWidthMm} ${thing.halfDepthMm})`}
      >
        <circle style={target} className="fill-transparent" />
        <rect
          className="plan-line fill-surface stroke-2 stroke-accent"
          style={{
            x: 'calc(var(--u, 20) * -5.5px)',
            y: 'calc(var(--u, 20) * -5.5px)',
            width: 'calc(var(--u, 20) * 11px)',
            height: 'calc(var(--u, 20) * 11px)',
          }}
        />
      </g>
    </g>
  );
}
