export interface BatcherOptions<T, R> {
  /** Carries out one batch; answers in the order of its items. */
  run: (items: readonly T[]) => Promise<readonly R[]>;
  sizeMax: number;
  /** Batches under way at once; while all are, further items gather for the next one. */
  parallelMax: number;
}

interface Waiting<T, R> {
  item: T;
  resolve(result: R): void;
  reject(error: unknown): void;
}

/**
 * Turns single calls into batches without adding a delay: what arrives in one turn of the event
 * loop goes together, and what arrives during a round trip goes with the next one (as a database's
 * group commit does). A batch that fails fails for each of its items.
 */
export function createBatcher<T, R>(options: BatcherOptions<T, R>): (item: T) => Promise<R> {
  let waiting: Waiting<T, R>[] = [];
  let underWay = 0;
  let scheduled = false;

  async function flush(): Promise<void> {
    const batch = waiting.slice(0, options.sizeMax);
    waiting = waiting.slice(options.sizeMax);
    underWay++;
    try {
      const results = await options.run(batch.map(({ item }) => item));
      for (const [index, { resolve, reject }] of batch.entries()) {
        const result = results[index];
        if (index < results.length) resolve(result as R);
        else reject(new RangeError('a batch answered fewer items than it was given'));
      }
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      underWay--;
      schedule();
    }
  }

  function schedule(): void {
    if (scheduled || waiting.length === 0 || underWay >= options.parallelMax) return;
    scheduled = true;
    setImmediate(() => {
      scheduled = false;
      void flush();
      schedule();
    });
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      schedule();
    });
}
