import type { PlanStore } from '../plan-store.ts';
import type { Direction } from './geometry/navigate.ts';
import { snapAngle } from './geometry/snap.ts';

const stepMm = 100;
const bigStepMm = 1_000;
/** Key presses that follow each other sooner are one change, and one to undo. */
const gatherMs = 450;

const ways: Record<Direction, { x: number; y: number }> = {
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
  up: { x: 0, y: -1 },
  down: { x: 0, y: 1 },
};

/** Moves and turns the selected things step by step, and sends where they came to rest. */
export interface Nudger {
  move(direction: Direction, isBig: boolean): void;
  /** Sends at once what is gathered. */
  flush(): void;
}

/** @param room the drawing, in which things are shown on their way before the plan has them */
export function createNudger(store: PlanStore, room: () => SVGSVGElement | null): Nudger {
  let shift = { x: 0, y: 0 };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const chosen = () => {
    const { selection, index } = store.state();
    const tables = [...selection.tableIds].flatMap((id) => index.tables.get(id)?.table ?? []);
    const fixtures = [...selection.fixtureIds].flatMap((id) => index.fixtures.get(id) ?? []);
    return { tables, fixtures };
  };
  const show = () => {
    const { tables, fixtures } = chosen();
    const put = (key: string, { xMm, yMm }: { xMm: number; yMm: number }) =>
      room()
        ?.querySelector(`[data-thing="${key}"]`)
        ?.setAttribute('transform', `translate(${xMm + shift.x} ${yMm + shift.y})`);
    for (const table of tables) put(`table:${table.id}`, table);
    for (const fixture of fixtures) put(`fixture:${fixture.id}`, fixture);
  };
  const flush = () => {
    clearTimeout(timer);
    const { x, y } = shift;
    if (x === 0 && y === 0) return;
    shift = { x: 0, y: 0 };
    const { tables, fixtures } = chosen();
    const to = ({ xMm, yMm, rotation }: { xMm: number; yMm: number; rotation: number }) => ({
      xMm: xMm + x,
      yMm: yMm + y,
      rotation,
    });
    void store.actions.moveThings({
      tables: tables.map((table) => ({ tableId: table.id, ...to(table) })),
      fixtures: fixtures.map((fixture) => ({ fixtureId: fixture.id, ...to(fixture) })),
    });
  };
  return {
    move(direction, isBig) {
      const step = isBig ? bigStepMm : stepMm;
      shift = { x: shift.x + ways[direction].x * step, y: shift.y + ways[direction].y * step };
      show();
      clearTimeout(timer);
      timer = setTimeout(flush, gatherMs);
    },
    flush,
  };
}

/** Turns the selected things by steps of 15 degrees. */
export function turnSelected(store: PlanStore, degrees: number): void {
  const { selection, index } = store.state();
  const turned = (rotation: number) => snapAngle(rotation + degrees, false);
  void store.actions.moveThings({
    tables: [...selection.tableIds].flatMap((id) => {
      const table = index.tables.get(id)?.table;
      if (!table) return [];
      const { xMm, yMm, rotation } = table;
      return [{ tableId: id, xMm, yMm, rotation: turned(rotation) }];
    }),
    fixtures: [...selection.fixtureIds].flatMap((id) => {
      const fixture = index.fixtures.get(id);
      if (!fixture) return [];
      const { xMm, yMm, rotation } = fixture;
      return [{ fixtureId: id, xMm, yMm, rotation: turned(rotation) }];
    }),
  });
}
