import { chairMm, depthOf, rotatePoint } from '@wedsync/contracts/seating-geometry';
import { type Ref, useImperativeHandle, useRef } from 'react';
import { type SeatTarget, usePlanStore } from '../plan-store.ts';
import { placesOf } from './geometry/hit-test.ts';
import type { PlanView } from './plan-view.ts';

export interface TargetMarkHandle {
  show(target: SeatTarget | null): void;
}

/**
 * The ring around the seat or table that would take a dragged guest. It is one element that is moved
 * by a transform, so that aiming repaints nothing of the room.
 */
export function TargetMark({ ref, view }: { ref: Ref<TargetMarkHandle>; view: PlanView }) {
  const store = usePlanStore();
  const ring = useRef<HTMLDivElement>(null);
  useImperativeHandle(
    ref,
    () => ({
      show(target) {
        const element = ring.current;
        const found = target ? store.state().index.tables.get(target.tableId) : undefined;
        if (!element) return;
        element.style.opacity = found ? '1' : '0';
        if (!found) return;
        const { table } = found;
        const { scale } = view.current();
        const place = placesOf(table).find(({ number }) => number === target?.seatNumber);
        const turned = place ? rotatePoint(place, table.rotation) : { xMm: 0, yMm: 0 };
        const at = view.toFrame({ xMm: table.xMm + turned.xMm, yMm: table.yMm + turned.yMm });
        const size = place
          ? [chairMm + 90, chairMm + 90]
          : [table.widthMm + 180, depthOf(table) + 180];
        const [width = 0, height = 0] = size.map((mm) => mm * scale);
        const isRound = place || table.shape === 'round' || table.shape === 'oval';
        element.style.width = `${width}px`;
        element.style.height = `${height}px`;
        element.style.borderRadius = isRound ? '50%' : '8px';
        element.style.transform = `translate3d(${at.x - width / 2}px, ${at.y - height / 2}px, 0) rotate(${place ? 0 : table.rotation}deg)`;
      },
    }),
    [store, view],
  );
  return (
    <div
      ref={ring}
      aria-hidden="true"
      className="pointer-events-none absolute top-0 left-0 border-3 border-accent bg-accent/15 opacity-0 will-change-transform"
    />
  );
}
