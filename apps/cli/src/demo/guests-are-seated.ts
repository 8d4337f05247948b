import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { EventId, GuestId, WeddingId } from '@wedsync/contracts/ids';
import type { SeatingPlan } from '@wedsync/contracts/seating';
import { type SeatingRun, seatingPrints } from '@wedsync/contracts/seating-runs';
import { countSeatFaults } from './check-seats.ts';
import { demoRoom } from './demo-room.ts';
import { type PlannerClient, signIn } from './planner.ts';
import { type DemoContext, type DemoCount, type DemoStep, fact } from './step.ts';

const runSeconds = 10;
/** Somebody who cannot come must not move the whole room. */
const othersMovedMax = 3;

interface Dinner {
  api: PlannerClient;
  weddingId: WeddingId;
  eventId: EventId;
}

async function planOf({ api, weddingId, eventId }: Dinner): Promise<SeatingPlan> {
  const plan = await api.seating.getPlan.query({ weddingId, eventId });
  if (!plan) throw new Error('the dinner has no floor plan');
  return plan;
}

/** Waits for the worker's result. */
async function untilOver({ api, weddingId }: Dinner, run: SeatingRun, signal: AbortSignal) {
  let now = run;
  while (now.state === 'queued' || now.state === 'running') {
    await pause(200, undefined, { signal });
    now = await api.seating.getRun.query({ weddingId, runId: run.id });
  }
  if (now.state === 'done') return now;
  throw new Error(`the run ended ${now.state}: ${now.infeasible?.message ?? now.error ?? ''}`);
}

/** What was found about the result, in words. */
const gapInWords = ({ gap }: SeatingRun) =>
  gap === null ? 'no bound known' : gap === 0 ? 'proven best' : `gap ${(gap * 100).toFixed(1)} %`;

const counts = (plan: SeatingPlan, when: string): DemoCount[] => {
  const { guestsTwice, seatsTwice, seatsUnknown, needsUnmet } = countSeatFaults(plan);
  return [
    {
      what: `seats taken wrongly ${when}`,
      expected: 0,
      actual: guestsTwice + seatsTwice + seatsUnknown,
    },
    { what: `needs of guests unmet ${when}`, expected: 0, actual: needsUnmet },
  ];
};

/** Two whom nothing may bring to one table, and two who must share one; each of another household. */
async function addRules({ api, weddingId, eventId }: Dinner, { guests }: SeatingPlan) {
  const homes = [...Map.groupBy(guests, ({ householdId }) => householdId).values()];
  const [one, other, third, fourth] = homes
    .filter((members) => members.length <= 3 && members.every(({ answer }) => answer !== 'no'))
    .flatMap(([first]) => first?.id ?? []);
  if (!one || !other || !third || !fourth) throw new Error('too few households come');
  const pairs = { never: [one, other], must: [third, fourth] } as const;
  for (const kind of ['never', 'must'] as const) {
    const [left, right] = pairs[kind].map((id) => ({ kind: 'guest', id }) as const);
    if (!left || !right) continue;
    await api.seating.createRelationship.mutate({
      weddingId,
      eventId,
      kind,
      one: left,
      other: right,
    });
  }
  return pairs;
}

/** A real run through server and worker, applied and checked by counting. */
async function seatEverybody(dinner: Dinner, { signal }: DemoContext): Promise<DemoCount[]> {
  const { api, weddingId, eventId } = dinner;
  const empty = await api.seating.createLayout.mutate({ weddingId, eventId, ...demoRoom });
  const rules = await addRules(dinner, empty);
  const wanted = { weddingId, eventId, mode: 'full', includesUndecided: true } as const;
  const started = await api.seating.startRun.mutate({ ...wanted, seconds: runSeconds, seed: 7 });
  const run = await untilOver(dinner, started, signal);
  const diff = await api.seating.previewRun.query({ weddingId, runId: run.id });
  await api.seating.applyRun.mutate({ weddingId, runId: run.id, revision: diff.revision });
  const plan = await planOf(dinner);
  const { warnings } = await api.seating.check.query({ weddingId, eventId });
  const tableOf = (id: GuestId) => plan.assignments.find(({ guestId }) => guestId === id)?.tableId;
  const shares = ([one, other]: readonly [GuestId, GuestId]) => tableOf(one) === tableOf(other);
  const coming = empty.guests.filter(({ answer }) => answer !== 'no').length;
  return [
    {
      what: `guests seated (${gapInWords(run)})`,
      expected: coming,
      actual: plan.assignments.length,
    },
    { what: 'moves of the run that did not fit', expected: 0, actual: diff.dropped.length },
    { what: 'pairs kept apart', expected: 1, actual: shares(rules.never) ? 0 : 1 },
    { what: 'pairs kept together', expected: 1, actual: shares(rules.must) ? 1 : 0 },
    {
      what: 'rules that the product finds broken',
      expected: 0,
      actual: warnings.filter(({ severity }) => severity === 'rule').length,
    },
    ...counts(plan, 'by the run'),
  ];
}

const pagesOf = (pdf: Buffer) => pdf.toString('latin1').match(/\/Type \/Page\n/g)?.length ?? 0;

/** All prints, written to disk and read back; every one of them has pages. */
async function printEverything(dinner: Dinner, context: DemoContext): Promise<DemoCount[]> {
  const { weddingId, eventId } = dinner;
  const { webUrl, signal } = context;
  const headers = { cookie: await signIn(webUrl, signal) };
  const folder = await mkdtemp(join(tmpdir(), 'wedsync-prints-'));
  try {
    const printed: number[] = [];
    for (const print of seatingPrints) {
      const url = `${webUrl}/print/seating/${weddingId}/${eventId}/${print}.pdf?paper=A4`;
      const answer = await fetch(url, { headers, signal });
      if (!answer.ok) throw new Error(`the print ${print} was refused with ${answer.status}`);
      const path = join(folder, `${print}.pdf`);
      await writeFile(path, Buffer.from(await answer.arrayBuffer()));
      printed.push(pagesOf(await readFile(path)));
    }
    const withPages = printed.filter((pages) => pages > 0).length;
    const pages = printed.reduce((sum, one) => sum + one, 0);
    return [
      { what: `prints of ${pages} pages`, expected: seatingPrints.length, actual: withPages },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A guest who was seated cannot come after all: the plan is mended and hardly anybody moves. */
async function oneGuestDeclines(dinner: Dinner): Promise<DemoCount[]> {
  const { api, weddingId, eventId } = dinner;
  const before = await planOf(dinner);
  const leaving = before.guests.find(
    ({ id, answer, plusOneOf }) =>
      answer === 'yes' && !plusOneOf && before.assignments.some(({ guestId }) => guestId === id),
  );
  if (!leaving) throw new Error('nobody has said yes');
  await api.guests.recordAnswers.mutate({
    weddingId,
    eventId,
    answer: 'no',
    via: 'phone',
    guests: [{ guestId: leaving.id }],
  });
  const run = await api.seating.proposeReflow.mutate({ weddingId, eventId });
  const { revision, moves } = await api.seating.previewRun.query({ weddingId, runId: run.id });
  await api.seating.applyRun.mutate({ weddingId, runId: run.id, revision });
  const after = await planOf(dinner);
  const others = moves.filter(({ guestId }) => guestId !== leaving.id).length;
  return [
    {
      what: 'guests seated after one declined',
      expected: before.assignments.length - 1,
      actual: after.assignments.length,
    },
    {
      what: `others moved beyond ${othersMovedMax} (${others} moved)`,
      expected: 0,
      actual: Math.max(0, others - othersMovedMax),
    },
    ...counts(after, 'by the repair'),
  ];
}

/** The dinner is seated by the worker, printed, and mended when somebody declines. */
export const guestsAreSeated: DemoStep = {
  name: 'seat',
  async run(context) {
    const [, eventId] = fact(context, 'eventIds');
    if (!eventId) throw new Error('the wedding has no dinner');
    const dinner = {
      api: fact(context, 'planner'),
      weddingId: fact(context, 'weddingId'),
      eventId,
    };
    return [
      ...(await seatEverybody(dinner, context)),
      ...(await printEverything(dinner, context)),
      ...(await oneGuestDeclines(dinner)),
    ];
  },
};
