import { tableReach } from '@wedsync/contracts/seating-geometry';
import type { SeatingPresence } from '@wedsync/contracts/seating-presence';
import { useEffect, useRef } from 'react';
import { useSeating } from '../plan-store.ts';
import type { PlanView } from './plan-view.ts';

/** Names of others at the tables they look at; they follow the room without React. */
export function PresenceMarks({ view }: { view: PlanView }) {
  const { presence, index } = useSeating();
  const layer = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const place = () => {
      for (const chip of layer.current?.children ?? []) {
        if (!(chip instanceof HTMLElement)) continue;
        const { x, y } = view.toFrame({
          xMm: Number(chip.dataset.x),
          yMm: Number(chip.dataset.y),
        });
        chip.style.transform = `translate3d(${x}px, ${y}px, 0) translate(-50%, -100%)`;
      }
    };
    place();
    return view.onMove(place);
  });
  const shown = new Map<string, SeatingPresence[]>();
  for (const one of presence) {
    if (one.tableId) shown.set(one.tableId, [...(shown.get(one.tableId) ?? []), one]);
  }
  return (
    <div ref={layer} aria-hidden="true" className="pointer-events-none absolute inset-0">
      {index.tableList.flatMap(({ table }) => {
        const others = shown.get(table.id);
        if (!others) return [];
        return [
          <span
            key={table.id}
            data-x={table.xMm}
            data-y={table.yMm - tableReach(table).yMm}
            className="absolute top-0 left-0 max-w-40 truncate rounded-full bg-info px-2 py-px font-medium text-surface text-xs shadow-card"
          >
            {others.map(({ userName }) => userName).join(', ')}
          </span>,
        ];
      })}
    </div>
  );
}
