/**
 * Ways to fill one table, with their costs: the columns of the set-partitioning model. Column `j`
 * seats the groups `members[starts[j]..starts[j + 1]]` at a table of class `classes[j]`.
 */
export interface TableColumns {
  readonly count: number;
  readonly starts: Uint32Array;
  readonly members: Uint16Array;
  readonly costs: Int32Array;
  readonly classes: Uint16Array;
}

type Growable = Uint32Array | Uint16Array | Int32Array;

/** A typed array that doubles when it is full. */
class Growing<T extends Growable> {
  length = 0;
  #items: T;

  constructor(items: T) {
    this.#items = items;
  }

  push(value: number): void {
    if (this.length === this.#items.length) {
      const wider = new (this.#items.constructor as new (length: number) => T)(this.length * 2);
      wider.set(this.#items);
      this.#items = wider;
    }
    this.#items[this.length++] = value;
  }

  toArray(): T {
    return this.#items.subarray(0, this.length) as T;
  }
}

/** Columns that are added one by one. */
export class ColumnStore {
  readonly #starts = new Growing(new Uint32Array(256));
  readonly #members = new Growing(new Uint16Array(1_024));
  readonly #costs = new Growing(new Int32Array(256));
  readonly #classes = new Growing(new Uint16Array(256));

  constructor() {
    this.#starts.push(0);
  }

  get count(): number {
    return this.#costs.length;
  }

  /** Adds the first `size` of `members`, at a table of class `at`. */
  add(members: ArrayLike<number>, size: number, column: { cost: number; at: number }): void {
    for (let index = 0; index < size; index++) this.#members.push(members[index] ?? 0);
    this.#starts.push(this.#members.length);
    this.#costs.push(column.cost);
    this.#classes.push(column.at);
  }

  finish(): TableColumns {
    return {
      count: this.#costs.length,
      starts: this.#starts.toArray(),
      members: this.#members.toArray(),
      costs: this.#costs.toArray(),
      classes: this.#classes.toArray(),
    };
  }
}

/** The groups of one column. */
export function membersOf(columns: TableColumns, column: number): Uint16Array {
  return columns.members.subarray(columns.starts[column], columns.starts[column + 1]);
}

/** The columns of `indices` alone, in that order. */
export function selectColumns(columns: TableColumns, indices: Int32Array): TableColumns {
  const starts = new Uint32Array(indices.length + 1);
  indices.forEach((column, index) => {
    const size = (columns.starts[column + 1] ?? 0) - (columns.starts[column] ?? 0);
    starts[index + 1] = (starts[index] ?? 0) + size;
  });
  const members = new Uint16Array(starts[indices.length] ?? 0);
  indices.forEach((column, index) => {
    members.set(membersOf(columns, column), starts[index]);
  });
  return {
    count: indices.length,
    starts,
    members,
    costs: Int32Array.from(indices, (column) => columns.costs[column] ?? 0),
    classes: Uint16Array.from(indices, (column) => columns.classes[column] ?? 0),
  };
}

/** One column of several stores of columns. */
export interface HeldColumn {
  readonly of: TableColumns;
  readonly column: number;
}

/** Columns from several places as one list. */
export function joinColumns(held: readonly HeldColumn[]): TableColumns {
  const store = new ColumnStore();
  for (const { of, column } of held) {
    const members = membersOf(of, column);
    const at = of.classes[column] ?? 0;
    store.add(members, members.length, { cost: of.costs[column] ?? 0, at });
  }
  return store.finish();
}
