import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { TestDatabase } from '@wedsync/db/testing/database';
import { userContext } from '@wedsync/testing/contexts';
import { seedGuests } from '@wedsync/testing/factories/guests';
import { seedOrgMember, seedWedding } from '@wedsync/testing/factories/weddings';
import { createLayout } from '../create-layout.ts';
import { type ReplayedPlan, replayPlan, type StoredOperation } from './replay-plan.ts';
import type { TortureOrder } from './torture-writer.ts';

export interface TortureOptions {
  processes: number;
  writersPerProcess: number;
  /** Of all writers together. */
  operations: number;
  /** Times that a process is ended by SIGKILL and another one begins. */
  kills: number;
  seed: number;
}

export interface TortureReport {
  /** Answers of verbs: changes written, nothing to change, refused for a reason that was foreseen. */
  acknowledged: number;
  unchanged: number;
  refused: Record<string, number>;
  kills: number;
  seconds: number;
  /** Each must be empty. */
  lostWrites: string[];
  faults: string[];
  doubleSeats: number;
  doubleGuests: number;
  gaps: number;
  crashes: string[];
  /** The plan that the history says, and the one that is stored. */
  replayed: ReplayedPlan;
  stored: ReplayedPlan;
}

const script = fileURLToPath(new URL('./torture-writer.ts', import.meta.url));
const corners = [
  { xMm: 0, yMm: 0 },
  { xMm: 30_000, yMm: 0 },
  { xMm: 30_000, yMm: 20_000 },
  { xMm: 0, yMm: 20_000 },
];
const guestCount = 120;
const tableCount = 15;

async function makePlan(db: TestDatabase, people: number) {
  const { orgId, weddingId, ownerId, eventIds } = await seedWedding(db.admin, { events: 1 });
  const [eventId] = eventIds;
  if (!eventId) throw new Error('an event was seeded');
  const guestIds = await seedGuests(db.admin, { weddingId, count: guestCount, eventIds });
  const table = { shape: 'round' as const, seatCount: 8, widthMm: 1_800, depthMm: 1_800 };
  const { layout } = await createLayout(
    userContext(db.app, { userId: ownerId, orgId, weddingId }),
    {
      eventId,
      outline: corners,
      tables: Array.from({ length: tableCount }, (_, index) => ({
        ...table,
        label: String(index + 1),
        xMm: 2_000 + (index % 5) * 4_000,
        yMm: 2_000 + Math.floor(index / 5) * 4_000,
      })),
    },
  );
  const userIds: string[] = [];
  for (let made = 0; made < people; made++)
    userIds.push(await seedOrgMember(db.admin, { orgId, role: 'planner' }));
  return { orgId, weddingId, eventId, layoutId: layout.id, guestIds, userIds };
}

/** Reads lines as they come; a line that a kill cut in two was not acknowledged. */
function readLines(child: ChildProcess, take: (line: string) => void): void {
  let rest = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) take(line);
  });
}

/** Runs the writing processes, killing some of them on the way. */
async function write(order: Omit<TortureOrder, 'operations' | 'seed'>, options: TortureOptions) {
  const answers: string[] = [];
  const crashes: string[] = [];
  let killsLeft = options.kills;
  const { processes, writersPerProcess, operations } = options;
  const share = Math.ceil(operations / processes);
  const runOne = async (index: number): Promise<void> => {
    let done = 0;
    for (let life = 0; done < share; life++) {
      const from = index * writersPerProcess;
      const sent: TortureOrder = {
        ...order,
        userIds: order.userIds.slice(from, from + writersPerProcess),
        operations: share - done,
        seed: options.seed + index * 1_000 + life * 100_000,
      };
      const child = spawn(process.execPath, [script, JSON.stringify(sent)], {
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let said = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
      // Somewhere in the middle of its work, which is in the middle of transactions.
      const dieAt = killsLeft > 0 ? done + Math.ceil((share - done) / 3) : Number.POSITIVE_INFINITY;
      if (killsLeft > 0) killsLeft--;
      readLines(child, (line) => {
        answers.push(line);
        done++;
        if (done === dieAt) child.kill('SIGKILL');
      });
      const [code, signal] = await once(child, 'close');
      if (signal !== 'SIGKILL') {
        if (code !== 0) crashes.push(said.slice(0, 2_000));
        return;
      }
    }
  };
  await Promise.all(Array.from({ length: processes }, (_, index) => runOne(index)));
  return { answers, crashes, kills: options.kills - killsLeft };
}

async function readStored(db: TestDatabase, eventId: string): Promise<ReplayedPlan> {
  const [row] = await db.admin<{ plan: ReplayedPlan }[]>`
    select jsonb_build_object(
      'assignments', (select coalesce(jsonb_object_agg(guest_id, seat_id || ' ' || is_locked), '{}')
        from wedding.seating_assignments where event_id = ${eventId}),
      'seats', (select jsonb_object_agg(id, table_id || ' ' || number)
        from wedding.seating_seats where event_id = ${eventId}),
      'tables', (select jsonb_object_agg(id, label || ' ' || seat_count || ' ' || is_locked)
        from wedding.seating_tables where event_id = ${eventId})) as plan`;
  if (!row) throw new Error('the plan is stored');
  return row.plan;
}

async function countDoubles(db: TestDatabase, eventId: string) {
  const [row] = await db.admin<{ seats: number; guests: number; gaps: number }[]>`
    select (select count(*) - count(distinct seat_id) from wedding.seating_assignments
        where event_id = ${eventId})::int as seats,
      (select count(*) - count(distinct guest_id) from wedding.seating_assignments
        where event_id = ${eventId})::int as guests,
      ((select revision from wedding.seating_layouts where event_id = ${eventId})
        - (select count(*) from wedding.seating_operations where event_id = ${eventId}))::int as gaps`;
  return { doubleSeats: row?.seats ?? -1, doubleGuests: row?.guests ?? -1, gaps: row?.gaps ?? -1 };
}

/**
 * Many people change one plan from several processes, some of which are killed in the middle.
 * Afterwards every acknowledged change must be in the history, and the history, carried out again
 * from nothing, must give the stored plan without ever breaking a rule.
 */
export async function runTorture(
  db: TestDatabase,
  options: TortureOptions,
): Promise<TortureReport> {
  const plan = await makePlan(db, options.processes * options.writersPerProcess);
  const startedAt = performance.now();
  const { answers, crashes, kills } = await write({ ...plan, url: db.url('app') }, options);
  const seconds = (performance.now() - startedAt) / 1_000;
  const operations = await db.admin<(StoredOperation & { revision: string })[]>`
    select revision, kind, forward from wedding.seating_operations
    where event_id = ${plan.eventId} order by revision`;
  const known = new Set(operations.map(({ revision, kind }) => `${revision} ${kind}`));
  const { plan: replayed, faults } = replayPlan(operations);
  const refused: Record<string, number> = {};
  for (const answer of answers) {
    if (answer.startsWith('! ')) refused[answer.slice(2)] = (refused[answer.slice(2)] ?? 0) + 1;
  }
  const written = answers.filter((answer) => /^\d/.test(answer));
  return {
    acknowledged: written.length,
    unchanged: answers.filter((answer) => answer === '. .').length,
    refused,
    kills,
    seconds,
    lostWrites: written.filter((answer) => !known.has(answer)),
    faults,
    ...(await countDoubles(db, plan.eventId)),
    crashes,
    replayed,
    stored: await readStored(db, plan.eventId),
  };
}
