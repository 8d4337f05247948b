import type { GuestId, SeatingTableId } from '@wedsync/contracts/ids';
import type { SeatingRun } from '@wedsync/contracts/seating-runs';
import { type CompiledProblem, compileProblem } from './compile-problem.ts';
import { guestNames } from './diff-plans.ts';
import { lacksOf, needsOf, obstacleOf, type PlaceObstacle } from './place-rules.ts';
import { listNames, plural } from './planner-words.ts';
import { findShortage } from './seat-flow.ts';
import {
  apartClique,
  canSeat,
  type RuleGraph,
  ruleGraph,
  smallestUnseatable,
} from './seating-graph.ts';

export type Infeasibility = NonNullable<SeatingRun['infeasible']>;

/** Looks for each question of the deletion filter; the caller's thread is busy meanwhile. */
const looksMax = 100_000;

const placeWords = {
  'needs-step-free': 'a step-free table',
  'needs-near-exit': 'a table near an exit',
  'needs-quiet': 'a quiet table',
  'allergy-far-from-kitchen': 'a table near the kitchen pass',
  'high-chair': 'a table with room for a high chair',
} as const satisfies Record<PlaceObstacle, string>;

/** Explains in names and table numbers why no plan keeps all rules. */
class Explainer {
  readonly #compiled: CompiledProblem;
  readonly #graph: RuleGraph;
  readonly #names: ReadonlyMap<GuestId, string>;

  constructor(compiled: CompiledProblem) {
    this.#compiled = compiled;
    this.#graph = ruleGraph(compiled);
    this.#names = guestNames(compiled.index.facts.plan);
  }

  run(): Infeasibility | undefined {
    return (
      this.#noSeats() ??
      this.#quarrelInside() ??
      this.#homelessGroup() ??
      this.#shortage() ??
      this.#pairwiseApart() ??
      this.#unseatable()
    );
  }

  #guestsOf(groups: Iterable<number>): number[] {
    return [...groups].flatMap((group) => this.#compiled.groups[group] ?? []);
  }

  #namesOf(guests: readonly number[], most = 4): string {
    const { plan } = this.#compiled.index.facts;
    const names = guests.map((guest) => {
      const id = plan.guests[guest]?.id;
      return (id && this.#names.get(id)) ?? 'A guest';
    });
    return listNames(names, most);
  }

  /** How a planner calls a group: by its first guest. */
  #groupName(group: number): string {
    const [first, ...others] = this.#compiled.groups[group] ?? [];
    const name = this.#namesOf(first === undefined ? [] : [first]);
    return others.length === 0 ? name : `${name} with ${plural(others.length, 'other')}`;
  }

  #answer(message: string, guests: Iterable<number>, tables: Iterable<number> = []): Infeasibility {
    const { plan } = this.#compiled.index.facts;
    return {
      message,
      guestIds: [...guests].flatMap((guest) => plan.guests[guest]?.id ?? []),
      tableIds: [...tables].flatMap((table): SeatingTableId[] => {
        const id = plan.tables[table]?.id;
        return id ? [id] : [];
      }),
    };
  }

  #noSeats(): Infeasibility | undefined {
    const { taking, index } = this.#compiled;
    const seats = index.seatCounts.reduce((sum, count) => sum + count, 0);
    if (seats >= taking.length) return undefined;
    const missing = taking.length - seats;
    return this.#answer(
      `${plural(taking.length, 'guest')} ${taking.length === 1 ? 'wants' : 'want'} a seat, but the tables have ${plural(seats, 'seat')}: ${missing} too few. Add a table or chairs.`,
      [],
    );
  }

  /** Who must be together and must never be. */
  #quarrelInside(): Infeasibility | undefined {
    const { index, groups, fixed } = this.#compiled;
    const groupAt = new Map(groups.flatMap((group, at) => group.map((guest) => [guest, at])));
    for (const { kind, one, other } of index.facts.relationships) {
      if (kind !== 'never') continue;
      for (const a of index.members(one)) {
        for (const b of index.members(other)) {
          const isHeld = (fixed[a] ?? -1) >= 0 && fixed[a] === fixed[b];
          if (a === b || isHeld || groupAt.get(a) === undefined) continue;
          if (groupAt.get(a) !== groupAt.get(b)) continue;
          return this.#answer(
            `${this.#namesOf([a, b])} must sit together and must never share a table. Remove one of the two rules.`,
            [a, b],
          );
        }
      }
    }
    return undefined;
  }

  /** A group that no table can take, even if it were empty. */
  #homelessGroup(): Infeasibility | undefined {
    const homeless = this.#graph.open.findIndex((tables) => tables.length === 0);
    if (homeless < 0) return undefined;
    const { groups, index, problem } = this.#compiled;
    const guests = groups[homeless] ?? [];
    const seatsMax = Math.max(0, ...index.seatCounts);
    if (guests.length > seatsMax) {
      return this.#answer(
        `${this.#namesOf(guests)} must sit together, ${guests.length} in all, but the largest table has ${plural(seatsMax, 'seat')}. Part them or make a table larger.`,
        guests,
      );
    }
    const tables = problem.tables.length;
    const isOpen = (table: number) => problem.allowed?.[homeless * tables + table] !== 0;
    const fitting = [...problem.tables.keys()].filter(isOpen);
    if (fitting.length > 0) {
      return this.#answer(
        `${this.#namesOf(guests)} must sit together and may sit at ${this.#labels(fitting)} only, where ${guests.length} do not go. Part them or add chairs there.`,
        guests,
        fitting,
      );
    }
    return this.#answer(this.#placeMessage(guests), guests);
  }

  #labels(tables: readonly number[]): string {
    const { plan } = this.#compiled.index.facts;
    const labels = tables.map((table) => plan.tables[table]?.label ?? '?');
    return `${labels.length === 1 ? 'table' : 'tables'} ${listNames(labels, 6)}`;
  }

  /** What guests ask of a place, of whom no table meets all. */
  #placeMessage(guests: readonly number[]): string {
    const { plan } = this.#compiled.index.facts;
    const lacks = lacksOf(plan.tables).filter((_, table) => !plan.tables[table]?.isLocked);
    const needs = (guest: number) => {
      const person = plan.guests[guest];
      return person ? needsOf(person) : 0;
    };
    const alone = guests.find((guest) => lacks.every((lack) => (needs(guest) & lack) !== 0));
    const asking = alone === undefined ? guests : [alone];
    const mask = asking.reduce((sum, guest) => sum | needs(guest), 0);
    const wanted = Object.keys(placeWords).flatMap((_, bit) => {
      const obstacle = mask & (1 << bit) ? obstacleOf(1 << bit, 0xff) : null;
      return obstacle ? [placeWords[obstacle]] : [];
    });
    const who = this.#namesOf(asking);
    const ask = asking.length === 1 ? `${who} needs` : `${who} must sit together and need`;
    if (wanted.length === 0) {
      return `${who} cannot sit at any table, because all of them are locked or hold somebody else's lock. Unlock a table.`;
    }
    return `${ask} ${listNames(wanted, 5)}, and no open table is that. Say which table is, or seat them by hand and lock them.`;
  }

  /** Guests who ask for certain tables and are more than their seats. */
  #shortage(): Infeasibility | undefined {
    const { groups, index } = this.#compiled;
    const classes = new Map<string, { guests: number[]; tables: readonly number[] }>();
    groups.forEach((group, at) => {
      const tables = this.#graph.open[at] ?? [];
      const found = classes.get(tables.join());
      if (found) found.guests.push(...group);
      else classes.set(tables.join(), { guests: [...group], tables });
    });
    const demands = [...classes.values()];
    const found = findShortage(demands, index.seatCounts);
    if (!found) return undefined;
    const guests = found.demands.flatMap((demand) => demands[demand]?.guests ?? []);
    const seats = found.tables.reduce((sum, table) => sum + (index.seatCounts[table] ?? 0), 0);
    const free = guests.filter((guest) => (this.#compiled.fixed[guest] ?? -1) < 0);
    const kinds = this.#needWords(free);
    const who = this.#namesOf(free.length > 0 ? free : guests);
    if (free.length === 1 && kinds) {
      return this.#answer(
        `${who} needs ${kinds}, and none has a free seat. Free one at ${this.#labels(found.tables)}.`,
        free,
        found.tables,
      );
    }
    const reason = kinds ? ` because some need ${kinds}` : '';
    return this.#answer(
      `${who} may sit at ${this.#labels(found.tables)} only${reason}: ${guests.length} guests for ${plural(seats, 'seat')} there.`,
      guests,
      found.tables,
    );
  }

  #needWords(guests: readonly number[]): string {
    const { plan } = this.#compiled.index.facts;
    const lacks = lacksOf(plan.tables).reduce((sum, lack) => sum | lack, 0);
    const mask = guests.reduce((sum, guest) => {
      const person = plan.guests[guest];
      return person ? sum | (needsOf(person) & lacks) : sum;
    }, 0);
    const words = Object.values(placeWords).filter((_, bit) => mask & (1 << bit));
    return listNames(words, 5);
  }

  #pairwiseApart(): Infeasibility | undefined {
    const clique = apartClique(this.#graph);
    const tables = this.#graph.capacities.filter((seats) => seats > 0).length;
    if (clique.length <= tables) return undefined;
    return this.#apartMessage(clique.slice(0, tables + 1), tables);
  }

  #apartMessage(clique: readonly number[], tables: number): Infeasibility {
    const names = listNames(
      clique.map((group) => this.#groupName(group)),
      12,
    );
    return this.#answer(
      `${names} are all to be kept apart from each other: ${clique.length} groups, but ${tables === 1 ? 'there is 1 table' : `there are ${tables} tables`}. Let two of them share one, or add a table.`,
      this.#guestsOf(clique),
    );
  }

  #unseatable(): Infeasibility | undefined {
    const graph = this.#graph;
    const all = [...graph.sizes.keys()];
    if (canSeat(graph, all, looksMax * 5) !== 'no') return undefined;
    const core = smallestUnseatable(graph, all, looksMax);
    const tables = [...new Set(core.flatMap((group) => graph.open[group] ?? []))];
    const isApart = core.every((a) => core.every((b) => a === b || graph.apart[a]?.has(b)));
    if (isApart && core.length > tables.length) {
      if (tables.length === graph.capacities.length) return this.#apartMessage(core, tables.length);
      const names = listNames(
        core.map((group) => this.#groupName(group)),
        12,
      );
      return this.#answer(
        `${names} are all to be kept apart from each other, but may sit at ${this.#labels(tables)} only.`,
        this.#guestsOf(core),
        tables,
      );
    }
    const pairs = core.flatMap((a) =>
      core.filter((b) => a < b && graph.apart[a]?.has(b)).map((b) => [a, b]),
    );
    const names = listNames(
      core.map((group) => this.#groupName(group)),
      12,
    );
    const quarrels = pairs
      .slice(0, 6)
      .map(([a, b]) => `${this.#groupName(a ?? 0)} and ${this.#groupName(b ?? 0)}`);
    const rule = quarrels.length > 0 ? `; never together: ${quarrels.join('; ')}` : '';
    return this.#answer(
      `${names} do not go at ${this.#labels(tables)} without being parted${rule}. Drop one of these rules, part a group, or add chairs.`,
      this.#guestsOf(core),
      tables,
    );
  }
}

/**
 * The smallest reason why no plan keeps all rules, in the planner's words: too few seats, a group
 * that no table takes, guests who ask for the same few seats, groups that are pairwise apart, or the
 * smallest set of groups that cannot be seated. Undefined where no reason is found: there may be a
 * plan. Households are never a reason: they are parted before anything is called impossible.
 */
export function explainInfeasible(compiled: CompiledProblem): Infeasibility | undefined {
  const { index, settings } = compiled;
  return new Explainer(compileProblem(index, settings, 'alone')).run();
}
