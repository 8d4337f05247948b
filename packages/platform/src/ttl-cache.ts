/**
 * A bounded cache whose entries live for a fixed time. The oldest entry goes first when it is full;
 * with a time to live of a second, recency of use would change nothing.
 */
export class TtlCache<V> {
  readonly #entries = new Map<string, { value: V; expiresAtMs: number }>();
  readonly #sizeMax: number;
  readonly #ttlMs: number;

  constructor(limits: { sizeMax: number; ttlMs: number }) {
    this.#sizeMax = limits.sizeMax;
    this.#ttlMs = limits.ttlMs;
  }

  /** @param nowMs monotonic milliseconds */
  get(key: string, nowMs: number): V | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    if (entry.expiresAtMs > nowMs) return entry.value;
    this.#entries.delete(key);
    return undefined;
  }

  set(key: string, value: V, nowMs: number): void {
    this.#entries.delete(key);
    if (this.#entries.size >= this.#sizeMax) {
      const [oldest] = this.#entries.keys();
      if (oldest !== undefined) this.#entries.delete(oldest);
    }
    this.#entries.set(key, { value, expiresAtMs: nowMs + this.#ttlMs });
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }

  get size(): number {
    return this.#entries.size;
  }
}
