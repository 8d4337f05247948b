import type { DeliveryReport } from './record-delivery-events.ts';

type RecordReports = (reports: readonly DeliveryReport[]) => Promise<unknown>;

interface Waiting {
  reports: readonly DeliveryReport[];
  resolve(): void;
  reject(error: unknown): void;
}

const reportsMax = 1_000;

/**
 * Records what arrives while a statement is under way together in the next one: in a storm of
 * bounces each would otherwise wait for the one before it. Whoever brought reports hears only once
 * they are in the database. Where a statement fails, each is tried by itself, so that one bad report
 * does not send back the others.
 */
export function gatherReports(record: RecordReports): RecordReports {
  let waiting: Waiting[] = [];
  let running = false;

  function take(): Waiting[] {
    let count = 0;
    const size = waiting.findIndex(({ reports }) => {
      count += reports.length;
      return count > reportsMax;
    });
    const taken = waiting.slice(0, size === -1 ? undefined : Math.max(size, 1));
    waiting = waiting.slice(taken.length);
    return taken;
  }

  const alone = ({ reports, resolve, reject }: Waiting) => record(reports).then(resolve, reject);

  async function run(): Promise<void> {
    running = true;
    while (waiting.length > 0) {
      const taken = take();
      try {
        await record(taken.flatMap(({ reports }) => reports));
        for (const { resolve } of taken) resolve();
      } catch (error) {
        const [first] = taken;
        if (first && taken.length === 1) first.reject(error);
        else await Promise.all(taken.map(alone));
      }
    }
    running = false;
  }

  return (reports) =>
    new Promise<void>((resolve, reject) => {
      waiting.push({ reports, resolve, reject });
      if (!running) void run();
    });
}
