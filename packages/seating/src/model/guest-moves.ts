import { placeCost } from './compile-problem.ts';
import { balanceCosts, companyCost, unseatedCost } from './objective.ts';
import { isHonour, lacksOf, needsOf, obstacleOf, type PlaceObstacle } from './place-rules.ts';
import type { PlanIndex } from './plan-index.ts';
import {
  fillShare,
  type GuestWishes,
  guestWishes,
  type PlanSettings,
  participants,
} from './seating-rules.ts';

/** What keeps one guest from one table as the plan is now. */
export type MoveObstacle =
  | { kind: 'place'; obstacle: PlaceObstacle }
  | { kind: 'guest-locked' }
  | { kind: 'table-locked' }
  /** Somebody there must never share a table with the guest. */
  | { kind: 'never'; guests: number[] }
  /** Somebody elsewhere must share the guest's table. */
  | { kind: 'must'; guests: number[] }
  | { kind: 'full' };

export interface GuestMove {
  table: number;
  /** Change of the objective if this guest alone moves. */
  delta: number;
  obstacle: MoveObstacle | null;
}

interface Link {
  other: number;
  cost: number;
}

type Links = readonly Link[][];

function linksOf(guests: number, pairs: GuestWishes['pairs']): Links {
  const links: Link[][] = Array.from({ length: guests }, () => []);
  for (const { a, b, cost } of pairs) {
    links[a]?.push({ other: b, cost });
    links[b]?.push({ other: a, cost });
  }
  return links;
}

function othersOf(guests: number, pairs: GuestWishes['known']): Set<number>[] {
  const others: Set<number>[] = Array.from({ length: guests }, () => new Set());
  for (const [a, b] of pairs) {
    others[a]?.add(b);
    others[b]?.add(a);
  }
  return others;
}

/** Prices moves of single guests in the stored plan, without trying them out. */
export class GuestMoves {
  readonly index: PlanIndex;
  readonly links: Links;
  readonly #settings: PlanSettings;
  readonly #taking: Set<number>;
  readonly #known: readonly ReadonlySet<number>[];
  readonly #never: readonly ReadonlySet<number>[];
  readonly #must: readonly ReadonlySet<number>[];
  readonly #lacks: Uint8Array;
  /** Guests at each table, those included who declined and still sit there. */
  readonly #loads: Int32Array;
  /** Those of them who take part. */
  readonly #counts: Int32Array;
  readonly #balance: readonly (Int32Array | undefined)[];

  constructor(index: PlanIndex, settings: PlanSettings) {
    const { guests, tables } = index.facts.plan;
    const taking = participants(index, settings.includesUndecided);
    const wishes = guestWishes(index, settings.weights, taking);
    this.index = index;
    this.#settings = settings;
    this.#taking = new Set(taking);
    this.links = linksOf(guests.length, wishes.pairs);
    this.#known = othersOf(guests.length, wishes.known);
    this.#never = othersOf(guests.length, wishes.never);
    this.#must = othersOf(guests.length, wishes.must);
    this.#lacks = lacksOf(tables);
    this.#loads = new Int32Array(tables.length);
    this.#counts = new Int32Array(tables.length);
    index.tableOf.forEach((table, guest) => {
      if (table < 0) return;
      this.#loads[table] = (this.#loads[table] ?? 0) + 1;
      if (this.#taking.has(guest)) this.#counts[table] = (this.#counts[table] ?? 0) + 1;
    });
    const share = fillShare(index, taking.length);
    this.#balance = tables.map((table, at) =>
      isHonour(table)
        ? undefined
        : balanceCosts(settings.weights, index.seatCounts[at] ?? 0, share),
    );
  }

  /** Guests at a table. */
  company(table: number): number[] {
    const found: number[] = [];
    this.index.tableOf.forEach((at, guest) => {
      if (at === table) found.push(guest);
    });
    return found;
  }

  freeSeats(table: number): number {
    return (this.index.seatCounts[table] ?? 0) - (this.#loads[table] ?? 0);
  }

  /** Everywhere else, the cheapest first; what a rule forbids comes last. */
  movesOf(guest: number): GuestMove[] {
    const from = this.index.tableOf[guest] ?? -1;
    const moves = this.index.facts.plan.tables.flatMap((_, table): GuestMove[] => {
      if (table === from) return [];
      return [{ table, delta: this.delta(guest, table), obstacle: this.obstacle(guest, table) }];
    });
    const blocked = ({ obstacle }: GuestMove) => Number(obstacle !== null);
    return moves.sort((a, b) => blocked(a) - blocked(b) || a.delta - b.delta || a.table - b.table);
  }

  obstacle(guest: number, table: number): MoveObstacle | null {
    const rule = this.rule(guest, table);
    if (rule) return rule;
    return this.freeSeats(table) > 0 ? null : { kind: 'full' };
  }

  /** A rule that keeps the guest from the table, whether or not it has a free seat. */
  rule(guest: number, table: number): MoveObstacle | null {
    const { plan } = this.index.facts;
    const from = this.index.tableOf[guest] ?? -1;
    if (this.index.seatOf[guest]?.isLocked) return { kind: 'guest-locked' };
    if (plan.tables[table]?.isLocked || plan.tables[from]?.isLocked)
      return { kind: 'table-locked' };
    const person = plan.guests[guest];
    const obstacle = person && obstacleOf(needsOf(person), this.#lacks[table] ?? 0);
    if (obstacle) return { kind: 'place', obstacle };
    const tableOf = (other: number) => this.index.tableOf[other] ?? -1;
    const foes = [...(this.#never[guest] ?? [])].filter((other) => tableOf(other) === table);
    if (foes.length > 0) return { kind: 'never', guests: foes };
    const bound = [...(this.#must[guest] ?? [])].filter(
      (other) => tableOf(other) >= 0 && tableOf(other) !== table,
    );
    return bound.length > 0 ? { kind: 'must', guests: bound } : null;
  }

  delta(guest: number, to: number): number {
    const from = this.index.tableOf[guest] ?? -1;
    let delta = this.#place(guest, to) - this.#place(guest, from);
    for (const { other, cost } of this.links[guest] ?? []) {
      const at = this.index.tableOf[other];
      if (at === to) delta += cost;
      else if (at === from && from >= 0) delta -= cost;
    }
    if (!this.#taking.has(guest)) return delta;
    delta += this.#companyDelta(guest, { from, to }) * companyCost(this.#settings.weights);
    return delta + this.#load(to, 1) + (from >= 0 ? this.#load(from, -1) : 0);
  }

  /** Of exchanging two guests of different tables. */
  swapDelta(a: number, b: number): number {
    const [from, to] = [this.index.tableOf[a] ?? -1, this.index.tableOf[b] ?? -1];
    const between = (this.links[a] ?? []).reduce(
      (sum, { other, cost }) => (other === b ? sum + cost : sum),
      0,
    );
    const loads =
      this.#load(to, 1) + this.#load(from, -1) + this.#load(from, 1) + this.#load(to, -1);
    return this.delta(a, to) + this.delta(b, from) - 2 * between - loads;
  }

  #place(guest: number, table: number): number {
    if (table < 0) return this.#taking.has(guest) ? unseatedCost : 0;
    return placeCost(this.index, this.#settings, { guest, table });
  }

  #load(table: number, change: number): number {
    const costs = this.#balance[table];
    const load = this.#counts[table] ?? 0;
    if (!costs) return 0;
    const last = costs.length - 1;
    return (costs[Math.min(last, load + change)] ?? 0) - (costs[Math.min(last, load)] ?? 0);
  }

  /** How many more guests than now would sit without knowing anybody. */
  #companyDelta(guest: number, { from, to }: { from: number; to: number }): number {
    const known = this.#known[guest];
    if (!known || known.size === 0) return 0;
    const friendsAt = (other: number, table: number) => {
      let count = 0;
      for (const friend of this.#known[other] ?? [])
        if (this.index.tableOf[friend] === table) count++;
      return count;
    };
    const isLonely = (table: number) => (table >= 0 && friendsAt(guest, table) === 0 ? 1 : 0);
    let delta = isLonely(to) - isLonely(from);
    for (const other of known) {
      const at = this.index.tableOf[other] ?? -1;
      if (at < 0) continue;
      if (at === to && friendsAt(other, to) === 0) delta--;
      else if (at === from && friendsAt(other, from) === 1) delta++;
    }
    return delta;
  }
}
