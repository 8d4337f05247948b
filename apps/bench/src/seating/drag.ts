import type { TestDatabase } from '@wedsync/db/testing/database';
import { launchChromium, openPage } from '@wedsync/testing/chromium';
import { setup as buildFrontends } from '@wedsync/testing/e2e-setup';
import { seedPlan } from '@wedsync/testing/factories/seating';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { startStack } from '@wedsync/testing/stack';
import { atLeast, atMost, type BenchmarkResult, informs, type Measure, median } from '../report.ts';
import { openBenchDatabase, signIn } from '../rig.ts';

type Page = Awaited<ReturnType<typeof openPage>>['page'];

const guests = 500;
const tables = 60;
const seatsPerTable = 12;
const perRow = 10;
/** How much slower than this machine the planner's is. */
const throttling = 4;
/** A drag takes as long as a person's: a position every frame. */
const steps = 60;
const rounds = 3;
const frameMs = 16.7;

interface Opened {
  page: Page;
  devtools: DevTools;
}

interface Point {
  x: number;
  y: number;
}

/** A hall with sixty tables and five hundred guests, all but a few of them seated. */
async function seedHall(db: TestDatabase) {
  const wedding = await seedWedding(db.admin, { events: 1 });
  const [eventId] = wedding.eventIds;
  if (!eventId) throw new Error('an event was seeded');
  const { weddingId } = wedding;
  const plan = await seedPlan(db.admin, {
    weddingId,
    eventId,
    guests,
    tables,
    seatCount: seatsPerTable,
  });
  await db.admin`
    update wedding.seating_tables t set x_mm = spot.x, y_mm = spot.y
    from (select id, 2500 + 3600 * ((row_number() over (order by id) - 1) % ${perRow}) as x,
        2500 + 3600 * ((row_number() over (order by id) - 1) / ${perRow}) as y
      from wedding.seating_tables where wedding_id = ${weddingId}) spot
    where t.wedding_id = ${weddingId} and t.id = spot.id`;
  const corners = [
    [0, 0],
    [37_500, 0],
    [37_500, 23_000],
    [0, 23_000],
  ].map(([xMm, yMm]) => ({ xMm, yMm }));
  await db.admin`
    update wedding.seating_layouts set outline = ${db.admin.json(corners)}
    where wedding_id = ${weddingId}`;
  const seats = plan.tables.flatMap(({ seatIds }) => seatIds);
  const seated = plan.guestIds.slice(0, guests - 20);
  await db.admin`
    insert into wedding.seating_assignments (wedding_id, event_id, guest_id, seat_id)
    select ${weddingId}::uuid, ${eventId}::uuid, guest, seat
    from unnest(${seated}::uuid[], ${seats.slice(0, seated.length)}::uuid[]) as s (guest, seat)`;
  return { ...wedding, eventId };
}

/** Notes when each frame began; the page has no other work than what is measured. */
const startFrames = `
  window.frameTimes = [];
  window.isCounting = true;
  const count = (at) => { window.frameTimes.push(at); if (window.isCounting) requestAnimationFrame(count); };
  requestAnimationFrame(count);`;
const stopFrames = '(window.isCounting = false, window.frameTimes)';

type DevTools = Awaited<ReturnType<ReturnType<Page['context']>['newCDPSession']>>;

/** What a gesture took of the page. */
interface Frames {
  /** Milliseconds between frames. */
  intervals: number[];
  /** CPU time of the page's main thread in milliseconds, the throttling included. */
  mainThreadMs: number;
}

/** CPU seconds that the main thread has spent in tasks: other load on the machine does not count. */
async function taskSeconds(devtools: DevTools): Promise<number> {
  const { metrics } = await devtools.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN;
}

async function framesDuring({ page, devtools }: Opened, act: () => Promise<void>): Promise<Frames> {
  await page.evaluate(startFrames);
  const before = await taskSeconds(devtools);
  await act();
  const mainThreadMs = 1_000 * ((await taskSeconds(devtools)) - before);
  const times: number[] = await page.evaluate(stopFrames);
  const intervals = times.slice(1).map((at, index) => at - (times[index] ?? at));
  return { intervals, mainThreadMs };
}

const quantile = (values: readonly number[], share: number) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN;
const perSecond = (intervals: readonly number[]) =>
  (1_000 * intervals.length) / intervals.reduce((sum, interval) => sum + interval, 0);

interface Gesture {
  name: string;
  /** Brings the page to where it begins, and says where the pointer is pressed. */
  prepare(page: Page): Promise<Point>;
  after?(page: Page): Promise<void>;
}

const plan = (page: Page) => page.getByRole('application', { name: /Floor plan/ });
const settleMs = 700;

async function boxOf(locator: ReturnType<Page['locator']>) {
  const box = await locator.boundingBox();
  if (!box) throw new Error(`${locator} is not drawn`);
  return box;
}

async function middleOf(locator: ReturnType<Page['locator']>): Promise<Point> {
  const { x, y, width, height } = await boxOf(locator);
  return { x: x + width / 2, y: y + height / 2 };
}

const arrange = (page: Page, what: string) =>
  page.getByRole('radio', { name: what }).check({ force: true });

const gestures: Gesture[] = [
  {
    name: 'the room is panned',
    async prepare(page) {
      const { x, y } = await boxOf(plan(page));
      return { x: x + 8, y: y + 8 };
    },
  },
  {
    name: 'a table is dragged',
    async prepare(page) {
      await arrange(page, 'Arrange room');
      return middleOf(
        plan(page)
          .getByRole('button', { name: /^Table / })
          .first(),
      );
    },
    after: (page) => arrange(page, 'Seat guests'),
  },
  {
    name: 'a guest is dragged from the list',
    async prepare(page) {
      const { x, y } = await boxOf(page.getByRole('row').filter({ hasText: 'No answer' }).first());
      return { x: x + 70, y: y + 14 };
    },
  },
  {
    name: 'a guest is dragged from seat to seat, names drawn',
    async prepare(page) {
      await plan(page)
        .getByRole('button', { name: /^Table / })
        .nth(34)
        .focus();
      await page.keyboard.press('Enter');
      const seat = plan(page)
        .getByRole('button', { name: /^Seat 1: / })
        .and(page.locator(':focus'));
      await seat.waitFor();
      await page.waitForTimeout(settleMs);
      return middleOf(seat);
    },
  },
];

/** Right across the frame of the plan, over many tables and back. */
async function pathFrom(page: Page, from: Point): Promise<Point[]> {
  const frame = await boxOf(plan(page));
  const isLeft = from.x < frame.x + frame.width / 2;
  const to = {
    x: isLeft ? frame.x + frame.width - 90 : frame.x + 60,
    y: frame.y + frame.height - 130,
  };
  return Array.from({ length: steps }, (_, step) => {
    const share = (step + 1) / steps;
    const sway = Math.sin(share * 9) * 60;
    return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share + sway };
  });
}

/** Drags as long as a person does, lets go without dropping, and answers the frames' intervals. */
async function framesOfDrag(opened: Opened, { prepare, after }: Gesture): Promise<Frames> {
  const { page } = opened;
  const from = await prepare(page);
  const path = await pathFrom(page, from);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  const frames = await framesDuring(opened, async () => {
    for (const { x, y } of path) {
      const next = new Promise((resolve) => setTimeout(resolve, frameMs));
      await page.mouse.move(x, y);
      await next;
    }
  });
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await page.keyboard.press('Escape');
  await plan(page)
    .getByRole('button', { name: /^Table / })
    .first()
    .focus();
  await page.keyboard.press('0');
  await after?.(page);
  await page.waitForTimeout(settleMs);
  return frames;
}

const together = (all: readonly Frames[]): Frames => ({
  intervals: all.flatMap(({ intervals }) => intervals),
  mainThreadMs: all.reduce((sum, { mainThreadMs }) => sum + mainThreadMs, 0),
});

/** The gestures take turns, so that other load on the machine meets all of them. */
async function measurePage(opened: Opened): Promise<Measure[]> {
  const idle: Frames[] = [];
  const moved = new Map<string, Frames[]>(gestures.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    idle.push(await framesDuring(opened, () => opened.page.waitForTimeout(1_000)));
    for (const gesture of gestures) {
      moved.get(gesture.name)?.push(await framesOfDrag(opened, gesture));
    }
  }
  const still = perSecond(together(idle).intervals);
  const yardstick = `${still.toFixed(1)} frames a second while nothing moves`;
  return [...moved].flatMap(([name, all]) => {
    const { intervals, mainThreadMs } = together(all);
    const perFrame = mainThreadMs / intervals.length;
    const rest = [
      { measure: '  interval, median', value: median(intervals) },
      { measure: '  interval, p95', value: quantile(intervals, 0.95) },
    ];
    return [
      atMost(frameMs, {
        measure: `main thread per frame while ${name}`,
        value: perFrame,
        unit: 'ms',
        yardstick: `a frame of 60, CPU throttled ${throttling} times`,
      }),
      atLeast(57, { measure: '  frames', value: perSecond(intervals), unit: '/s', yardstick }),
      ...rest.map((figure) => informs({ ...figure, unit: 'ms', yardstick })),
    ];
  });
}

/**
 * How smoothly a large floor plan follows the hand: intervals between frames of Chromium while
 * tables and guests are dragged, with the CPU throttled four times.
 */
export async function benchSeatingDrag(): Promise<BenchmarkResult> {
  await buildFrontends();
  const bench = await openBenchDatabase({ guests: 1 });
  const hall = await seedHall(bench.db);
  const stack = await startStack(bench.db);
  const browser = await launchChromium();
  try {
    const cookie = await signIn(bench.db, {
      userId: hall.ownerId,
      authSecret: stack.secrets.AUTH_SECRET,
    });
    const { page, context } = await openPage(browser, { width: 1_440, height: 900 });
    const [name = '', value = ''] = cookie.split('=');
    await context.addCookies([{ name, value, url: stack.webUrl }]);
    await page.goto(`${stack.webUrl}/weddings/${hall.weddingId}/seating/${hall.eventId}`);
    await plan(page)
      .getByRole('button', { name: /^Table / })
      .first()
      .waitFor();
    await page.waitForTimeout(2_000);
    const devtools = await context.newCDPSession(page);
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: throttling });
    return { name: 'drag', measures: await measurePage({ page, devtools }) };
  } finally {
    await browser.close();
    await stack.stop();
    await bench.close();
  }
}
