/** Guests who may all sit at the same tables, and nowhere else. */
export interface Demand {
  guests: readonly number[];
  tables: readonly number[];
}

/** Guests who have fewer seats between them than they are. */
export interface Shortage {
  demands: number[];
  tables: number[];
}

/**
 * Whether every guest could have a seat of their own at a table that takes them, groups and quarrels
 * left aside: a maximum flow by shortest augmenting paths (Edmonds, Karp 1972), each path carrying
 * as many guests as it can. Where not, the cut says which guests ask for which seats (Hall 1935).
 *
 * @returns undefined where there are seats for all
 */
export function findShortage(
  demands: readonly Demand[],
  capacities: Int32Array,
): Shortage | undefined {
  const left = demands.map(({ guests }) => guests.length);
  const free = capacities.slice();
  /** Guests of each demand at each table. */
  const seated = demands.map(() => new Int32Array(capacities.length));
  for (;;) {
    const from = left.findIndex((count) => count > 0);
    if (from < 0) return undefined;
    // Demands and tables reached from `from`; how each table was reached, and each demand.
    const viaDemand = new Map<number, number>();
    const viaTable = new Map<number, number>([[from, -1]]);
    const queue = [from];
    let end = -1;
    for (let head = 0; head < queue.length && end < 0; head++) {
      const demand = queue[head] ?? 0;
      for (const table of demands[demand]?.tables ?? []) {
        if (viaDemand.has(table)) continue;
        viaDemand.set(table, demand);
        if ((free[table] ?? 0) > 0) {
          end = table;
          break;
        }
        seated.forEach((row, other) => {
          if ((row[table] ?? 0) === 0 || viaTable.has(other)) return;
          viaTable.set(other, table);
          queue.push(other);
        });
      }
    }
    if (end < 0) return { demands: [...viaTable.keys()], tables: [...viaDemand.keys()] };
    let amount = Math.min(left[from] ?? 0, free[end] ?? 0);
    const path: { demand: number; to: number; leaves: number }[] = [];
    for (let to = end; to >= 0; ) {
      const demand = viaDemand.get(to) ?? 0;
      const leaves = viaTable.get(demand) ?? -1;
      path.push({ demand, to, leaves });
      if (leaves >= 0) amount = Math.min(amount, seated[demand]?.[leaves] ?? 0);
      to = leaves;
    }
    free[end] = (free[end] ?? 0) - amount;
    left[from] = (left[from] ?? 0) - amount;
    for (const { demand, to, leaves } of path) {
      const row = seated[demand];
      if (!row) continue;
      row[to] = (row[to] ?? 0) + amount;
      if (leaves >= 0) row[leaves] = (row[leaves] ?? 0) - amount;
    }
  }
}
