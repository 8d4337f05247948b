import type { Slot } from './connection-pool.ts';

/** A connection that several one-statement reads share, one behind the other. */
interface Lane {
  slot: Slot;
  inFlight: number;
  /** When the read that is answered next became the next one. */
  headSinceMs: number;
  isConnecting: boolean;
}

/** A place in a lane. `done` must be called once, when the read's last answer is there. */
export interface LanePlace {
  slot: Slot;
  done(): void;
}

const depthMax = 16;
/** Reads of one turn of the event loop that leave in one packet. */
const perPacketMax = 8;
/** A lane whose next read has taken this long is behind something slow: others go around it. */
const stuckMs = 25;

/**
 * Shared connections for reads whose statements are all sent at once, so that the reads of many
 * requests travel in one packet each way. A lane is an offer, never a queue: while all of them are
 * full, stuck or not connected, a read takes a connection of its own instead.
 */
export class ReadLanes {
  readonly #lanes: Lane[] = [];
  readonly #count: number;
  readonly #open: () => Slot;
  readonly #lifetimeMs: number;
  /** The lane whose packet is being filled in this turn of the event loop. */
  #filling: Lane | undefined;
  #filled = 0;
  readonly #startPacket = () => {
    this.#filling = undefined;
  };

  constructor(options: { count: number; open: () => Slot; lifetimeMs: number }) {
    this.#count = options.count;
    this.#open = options.open;
    this.#lifetimeMs = options.lifetimeMs;
  }

  /** A place in the emptiest lane that moves, or behind other reads of this turn of the event loop. */
  take(): LanePlace | undefined {
    if (this.#lanes.length < this.#count) this.#add();
    const nowMs = performance.now();
    const lane = this.#choose(nowMs);
    if (!lane) return undefined;
    if (lane.inFlight++ === 0) lane.headSinceMs = nowMs;
    const { slot } = lane;
    return {
      slot,
      done() {
        lane.inFlight--;
        lane.headSinceMs = performance.now();
      },
    };
  }

  /** Reads go side by side while there is an idle lane, and share packets once there is none. */
  #choose(nowMs: number): Lane | undefined {
    let best: Lane | undefined;
    for (const lane of this.#lanes) {
      if (!this.#isUsable(lane, nowMs)) continue;
      if (!best || lane.inFlight < best.inFlight) best = lane;
    }
    if (!best || best.inFlight === 0) return best;
    const filling = this.#filling;
    if (filling && this.#filled < perPacketMax && this.#isUsable(filling, nowMs)) {
      this.#filled++;
      return filling;
    }
    if (!filling) setImmediate(this.#startPacket);
    this.#filling = best;
    this.#filled = 1;
    return best;
  }

  /** Lanes with reads on their way. */
  get busy(): number {
    return this.#lanes.filter(({ inFlight }) => inFlight > 0).length;
  }

  async end(): Promise<void> {
    await Promise.all(this.#lanes.map(({ slot }) => slot.sql.end({ timeout: 5 })));
  }

  #isUsable(lane: Lane, nowMs: number): boolean {
    if (lane.inFlight >= depthMax) return false;
    if (lane.inFlight > 0) {
      return lane.slot.isConnected() && nowMs - lane.headSinceMs <= stuckMs;
    }
    const isOld = Date.now() - lane.slot.openedAtMs > this.#lifetimeMs;
    if (isOld || lane.slot.isLost()) this.#renew(lane);
    if (!lane.slot.isConnected()) this.#connect(lane);
    return lane.slot.isConnected();
  }

  #add(): void {
    const lane = { slot: this.#open(), inFlight: 0, headSinceMs: 0, isConnecting: false };
    this.#lanes.push(lane);
    this.#connect(lane);
  }

  #renew(lane: Lane): void {
    lane.slot.sql.end({ timeout: 5 }).catch(() => {});
    lane.slot = this.#open();
  }

  /** Connects in the background; until then nothing goes through this lane. */
  #connect(lane: Lane): void {
    if (lane.isConnecting) return;
    lane.isConnecting = true;
    const settle = () => {
      lane.isConnecting = false;
    };
    lane.slot.connect().then(settle, settle);
  }
}
