/*
 * What a search and the thread that watches it tell each other over shared memory: no message has to
 * wait for a busy event loop.
 */

const cancelAt = 0;
const perLane = 3;

/** One board for all lanes of a search. */
export class LaneBoard {
  readonly buffer: SharedArrayBuffer;
  readonly #cells: Int32Array<SharedArrayBuffer>;
  readonly #lanes: number;

  constructor(lanes: number, buffer = new SharedArrayBuffer(4 * (1 + lanes * perLane))) {
    this.#lanes = lanes;
    this.buffer = buffer;
    this.#cells = new Int32Array(buffer);
  }

  get isCancelled(): boolean {
    return Atomics.load(this.#cells, cancelAt) !== 0;
  }

  cancel(): void {
    Atomics.store(this.#cells, cancelAt, 1);
  }

  /** A lane met a better legal plan. */
  tellCost(lane: number, cost: number): void {
    const at = 1 + lane * perLane;
    Atomics.store(this.#cells, at + 1, cost);
    Atomics.store(this.#cells, at, 1);
  }

  tellMoves(lane: number, moves: number): void {
    Atomics.store(this.#cells, 3 + lane * perLane, Math.round(moves / 1_000));
  }

  /** Cost of the best legal plan of all lanes; undefined where none was met. */
  get cost(): number | undefined {
    let best: number | undefined;
    for (let lane = 0; lane < this.#lanes; lane++) {
      const at = 1 + lane * perLane;
      if (Atomics.load(this.#cells, at) === 0) continue;
      const cost = Atomics.load(this.#cells, at + 1);
      if (best === undefined || cost < best) best = cost;
    }
    return best;
  }

  /** Moves tried by all lanes. */
  get moves(): number {
    let moves = 0;
    for (let lane = 0; lane < this.#lanes; lane++)
      moves += Atomics.load(this.#cells, 3 + lane * perLane) * 1_000;
    return moves;
  }
}
