import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { missingPackage } from '@wedsync/platform/required-package';
import { accessibilityViolations, launchChromium, openPage } from '@wedsync/testing/chromium';
import { seedGuest } from '@wedsync/testing/factories/guests';
import { seedAssignment, seedLayout, seedTable } from '@wedsync/testing/factories/seating';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { type Stack, startStack } from '@wedsync/testing/stack';
import { createAccount, openAuthDatabase } from '@wedsync/weddings/accounts';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const reason = missingPackage('chromium');
const db = await createTestDatabase();
const password = 'seven green umbrellas';
const [ines, rui] = ['ines@example.com', 'rui@example.com'];
const names = ['Ann', 'Ben', 'Cleo', 'Dora'] as const;

let stack: Stack;
let browser: Browser;
let page: Page;
let other: Page;
let weddingId = '';
let eventId = '';
/** Nobody has set up a room for it. */
let otherEventId = '';
let url = '';
const guestIds: Record<string, string> = {};
const tables: { id: string; seatIds: string[] }[] = [];

async function signIn(email: string, options: Parameters<typeof openPage>[1] = {}): Promise<Page> {
  const opened = await openPage(browser, options);
  opened.page.setDefaultTimeout(15_000);
  await opened.page.goto(`${stack.webUrl}/sign-in`);
  await opened.page.getByLabel('E-mail').fill(email);
  await opened.page.getByLabel('Password').fill(password);
  await opened.page.keyboard.press('Enter');
  await opened.page.getByRole('heading', { name: 'Weddings', level: 1 }).waitFor();
  return opened.page;
}

/** Two tables of four with Ann and Ben at the first; Cleo and Dora wait for a seat. */
async function seed(): Promise<void> {
  const accounts = openAuthDatabase({ url: db.url('auth'), max: 1 });
  const userIds = [
    await createAccount(accounts, { email: ines, name: 'Inês Prado', password }),
    await createAccount(accounts, { email: rui, name: 'Rui Alves', password }),
  ];
  await accounts.end();
  const wedding = await seedWedding(db.admin, { events: 2 });
  weddingId = wedding.weddingId;
  [otherEventId = '', eventId = ''] = wedding.eventIds;
  for (const userId of userIds) {
    await db.admin`
      insert into wedding.org_members (org_id, user_id, role)
      values (${wedding.orgId}, ${userId}, 'owner')`;
  }
  for (const firstName of names) {
    const guest = await seedGuest(db.admin, {
      weddingId,
      firstName,
      lastName: 'Lee',
      eventIds: [eventId],
    });
    guestIds[firstName] = guest.guestId;
  }
  await seedLayout(db.admin, { weddingId, eventId });
  for (const [at, label] of ['1', '2'].entries()) {
    const place = { xMm: 5_000 + at * 8_000, yMm: 6_000 };
    tables.push(await seedTable(db.admin, { weddingId, eventId, label, seatCount: 4, ...place }));
  }
}

/** The plan as every test finds it. */
async function reset(): Promise<void> {
  await db.admin`delete from wedding.seating_assignments where wedding_id = ${weddingId}`;
  for (const [at, name] of (['Ann', 'Ben'] as const).entries()) {
    await seedAssignment(db.admin, {
      weddingId,
      eventId,
      guestId: guestIds[name] ?? '',
      seatId: tables[0]?.seatIds[at] ?? '',
    });
  }
}

/** Who sits where, as the database has it: "Ann 1/2" is seat 2 of table 1. */
async function seatsInDatabase(): Promise<string[]> {
  const rows = await db.admin<{ place: string }[]>`
    select g.first_name || ' ' || t.label || '/' || s.number as place
    from wedding.seating_assignments a
    join wedding.guests g on g.wedding_id = a.wedding_id and g.id = a.guest_id
    join wedding.seating_seats s on s.wedding_id = a.wedding_id and s.id = a.seat_id
    join wedding.seating_tables t on t.wedding_id = s.wedding_id and t.id = s.table_id
    where a.wedding_id = ${weddingId} order by place`;
  return rows.map(({ place }) => place);
}

const expectSeats = (...places: string[]) =>
  expect.poll(seatsInDatabase, { timeout: 8_000 }).toEqual(places);

const plan = (of: Page) => of.getByRole('application', { name: /Floor plan/ });
const seatOf = (of: Page, name: RegExp) => plan(of).getByRole('button', { name });
const tableOf = (of: Page, label: string) =>
  plan(of).getByRole('button', { name: new RegExp(`^Table ${label},`) });

interface Point {
  x: number;
  y: number;
}

async function middleOf(locator: Locator): Promise<Point> {
  const box = await locator.boundingBox();
  if (!box) throw new Error('nothing is drawn there');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function openPlan(of: Page): Promise<void> {
  await of.goto(url);
  await tableOf(of, '1').waitFor();
  // Near enough for seats of their own.
  await of.getByRole('button', { name: 'Zoom in' }).click();
  await of.getByRole('button', { name: 'Zoom in' }).click();
  await seatOf(of, /^Seat 1: Ann Lee/).waitFor();
}

async function drag(of: Page, from: Point, to: Point) {
  await of.mouse.move(from.x, from.y);
  await of.mouse.down();
  await of.mouse.move(from.x + 12, from.y + 8, { steps: 3 });
  await of.mouse.move(to.x, to.y, { steps: 8 });
  await of.mouse.up();
}

async function expectClean(of: Page, what: string): Promise<void> {
  const overflows = await of.evaluate(
    'document.documentElement.scrollWidth > document.documentElement.clientWidth',
  );
  expect({ what, overflows, found: await accessibilityViolations(of) }).toEqual({
    what,
    overflows: false,
    found: [],
  });
}

describe.skipIf(reason)(`the floor plan of a seating ${reason ?? ''}`, () => {
  beforeAll(async () => {
    await seed();
    stack = await startStack(db);
    url = `${stack.webUrl}/weddings/${weddingId}/seating/${eventId}`;
    browser = await launchChromium();
    page = await signIn(ines);
    other = await signIn(rui, { colorScheme: 'dark' });
  });
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });
  beforeEach(reset);

  it('seats by mouse: from seat to seat, onto a table, and onto a taken seat to change places', async () => {
    await openPlan(page);
    const ann = await middleOf(seatOf(page, /Ann Lee/));
    await drag(page, ann, await middleOf(seatOf(page, /^Seat 4, free/).first()));
    await expectSeats('Ann 1/4', 'Ben 1/2');
    await drag(page, await middleOf(seatOf(page, /Ben Lee/)), await middleOf(tableOf(page, '2')));
    await expectSeats('Ann 1/4', 'Ben 2/1');
    await drag(
      page,
      await middleOf(seatOf(page, /Ben Lee/)),
      await middleOf(seatOf(page, /Ann Lee/)),
    );
    await expectSeats('Ann 2/1', 'Ben 1/4');
    await expectClean(page, 'after dragging');
  });

  it('seats somebody from the queue by drag, and takes a seat away by dropping on the queue', async () => {
    await openPlan(page);
    const cleo = await middleOf(page.getByText('Cleo Lee').first());
    await drag(page, cleo, await middleOf(seatOf(page, /^Seat 3, free/).first()));
    await expectSeats('Ann 1/1', 'Ben 1/2', 'Cleo 1/3');
    const ann = await middleOf(seatOf(page, /Ann Lee/));
    await drag(page, ann, await middleOf(page.getByText('Dora Lee').first()));
    await expectSeats('Ben 1/2', 'Cleo 1/3');
  });

  it('takes the household along with Alt, and moves nobody where not all find a seat', async () => {
    await openPlan(page);
    await page.keyboard.down('Alt');
    await drag(page, await middleOf(seatOf(page, /Ann Lee/)), await middleOf(tableOf(page, '2')));
    await page.keyboard.up('Alt');
    await expectSeats('Ann 2/1', 'Ben 1/2');
    // With Shift the second one joins the first.
    const [ann, ben] = [seatOf(page, /Ann Lee/), seatOf(page, /Ben Lee/)];
    const [first, second] = [await middleOf(ann), await middleOf(ben)];
    await page.mouse.click(first.x, first.y);
    await page.keyboard.down('Shift');
    await page.mouse.click(second.x, second.y);
    await page.keyboard.up('Shift');
    await page.getByText('2 guests', { exact: true }).waitFor();
    await drag(page, first, await middleOf(tableOf(page, '1')));
    await expectSeats('Ann 1/1', 'Ben 1/2');
  });

  it('lets a room be set up, with tables for everybody', async () => {
    await page.goto(`${stack.webUrl}/weddings/${weddingId}/seating/${otherEventId}`);
    await page.getByText('The room of').waitFor();
    await expectClean(page, 'setting up');
    await page.getByRole('radio', { name: /Banquet/ }).check({ force: true });
    await page.getByRole('button', { name: /Set up/ }).click();
    await tableOf(page, '1').waitFor();
    await page.getByRole('radio', { name: 'Arrange room' }).check({ force: true });
    await page.getByRole('button', { name: 'Add' }).click();
    await page.getByRole('menuitem', { name: 'Table…' }).click();
    const dialog = page.getByRole('dialog', { name: 'New table' });
    await dialog.getByLabel('Name or number').fill('Lisbon');
    await dialog.getByRole('button', { name: 'Add table' }).click();
    await tableOf(page, 'Lisbon').waitFor();
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await tableOf(page, 'Lisbon').waitFor({ state: 'detached' });
  });

  it('is undone and done again with the keyboard', async () => {
    await openPlan(page);
    await drag(page, await middleOf(seatOf(page, /Ann Lee/)), await middleOf(tableOf(page, '2')));
    await expectSeats('Ann 2/1', 'Ben 1/2');
    await page.keyboard.press('Control+z');
    await expectSeats('Ann 1/1', 'Ben 1/2');
    await page.keyboard.press('Control+y');
    await expectSeats('Ann 2/1', 'Ben 1/2');
  });

  it('seats, locks and frees with the keyboard alone, and says what happened', async () => {
    await openPlan(page);
    await tableOf(page, '1').focus();
    await page.keyboard.press('Enter');
    await seatOf(page, /^Seat 1: Ann Lee/)
      .and(page.locator(':focus'))
      .waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('Ann Lee in hand').first().waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    // Clockwise round the table: right of the top is seat 2, below it seat 3.
    await page.keyboard.press('ArrowDown');
    await seatOf(page, /^Seat 3, free/)
      .and(page.locator(':focus'))
      .waitFor();
    await page.keyboard.press('Enter');
    await expectSeats('Ann 1/3', 'Ben 1/2');
    await seatOf(page, /^Seat 3: Ann Lee/)
      .and(page.locator(':focus'))
      .waitFor();
    await page.keyboard.press('l');
    await seatOf(page, /Ann Lee.*locked/).waitFor();
    await page.keyboard.press('l');
    await seatOf(page, /^Seat 3: Ann Lee(?!.*locked)/).waitFor();
    await page.keyboard.press('Delete');
    await expectSeats('Ben 1/2');
  });

  it('seats with two presses on a phone', async () => {
    const phone = await signIn(ines, { width: 375, height: 800 });
    await phone.goto(url);
    await tableOf(phone, '1').waitFor();
    await expectClean(phone, 'phone');
    await tableOf(phone, '1').dispatchEvent('focus');
    await tableOf(phone, '1').focus();
    await phone.keyboard.press('Enter');
    await seatOf(phone, /Ann Lee/).waitFor();
    const ann = await middleOf(seatOf(phone, /Ann Lee/));
    await phone.mouse.click(ann.x, ann.y);
    await phone.getByRole('button', { name: 'Unseat' }).waitFor();
    await expectClean(phone, 'phone, somebody selected');
    const free = await middleOf(seatOf(phone, /^Seat 4, free/).first());
    await phone.mouse.click(free.x, free.y);
    await expectSeats('Ann 1/4', 'Ben 1/2');
    await phone.context().close();
  });

  it('drags a guest with a finger that has rested, and zooms with two', async () => {
    const state = await page.context().storageState();
    const context = await browser.newContext({
      viewport: { width: 375, height: 812 },
      hasTouch: true,
      isMobile: true,
      storageState: state,
    });
    const phone = await context.newPage();
    await phone.goto(url);
    await tableOf(phone, '1').focus();
    await phone.keyboard.press('Enter');
    await seatOf(phone, /Ann Lee/).waitFor();
    await phone.waitForTimeout(600);
    const devtools = await context.newCDPSession(phone);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: Point[]) =>
      devtools.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: points.map((point, id) => ({ ...point, id })),
      });
    const from = await middleOf(seatOf(phone, /Ann Lee/));
    const to = await middleOf(seatOf(phone, /^Seat 4, free/).first());
    await touch('touchStart', [from]);
    await phone.waitForTimeout(400);
    for (let step = 1; step <= 6; step++) {
      const share = step / 6;
      await touch('touchMove', [
        { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share },
      ]);
    }
    await touch('touchEnd', []);
    await expectSeats('Ann 1/4', 'Ben 1/2');
    const width = () => plan(phone).locator('svg').first().getAttribute('width');
    const before = Number(await width());
    const middle = await middleOf(plan(phone));
    const apart = (by: number) => [
      { x: middle.x - by, y: middle.y },
      { x: middle.x + by, y: middle.y },
    ];
    await touch('touchStart', apart(80));
    for (const by of [70, 60, 50, 40]) await touch('touchMove', apart(by));
    await touch('touchEnd', []);
    await expect.poll(async () => Number(await width())).toBeLessThan(before * 0.8);
    await context.close();
  });

  it('shows two people each other’s changes and where the other is', async () => {
    await Promise.all([openPlan(page), openPlan(other)]);
    await drag(page, await middleOf(seatOf(page, /Ann Lee/)), await middleOf(tableOf(page, '2')));
    await tableOf(other, '2')
      .and(other.getByRole('button', { name: /1 of 4/ }))
      .waitFor();
    const ben = await middleOf(seatOf(page, /Ben Lee/));
    await page.mouse.click(ben.x, ben.y);
    await other.getByText('Inês Prado', { exact: true }).waitFor();
    await expectClean(other, 'dark, with somebody else');
  });

  it('tells the loser of a race what happened and keeps the guest selected', async () => {
    await openPlan(page);
    // Somebody else sits down first, and this browser has not heard of it.
    await page.route('**/trpc/seating.listChanges**', (route) => route.abort());
    await seedAssignment(db.admin, {
      weddingId,
      eventId,
      guestId: guestIds.Dora ?? '',
      seatId: tables[1]?.seatIds[2] ?? '',
    });
    const ann = await middleOf(seatOf(page, /Ann Lee/));
    await drag(page, ann, await middleOf(seatOf(page, /^Seat 3, free/).last()));
    await page.getByText('The guest was not moved').first().waitFor();
    await expectSeats('Ann 1/1', 'Ben 1/2', 'Dora 2/3');
    await seatOf(page, /^Seat 1: Ann Lee/).waitFor();
    expect(await seatOf(page, /^Seat 1: Ann Lee/).getAttribute('aria-pressed')).toBe('true');
    await page.unroute('**/trpc/seating.listChanges**');
  });

  it('moves tables by mouse and by keyboard while the room is arranged', async () => {
    const spot = async () => {
      const [row] = await db.admin<{ x: number; y: number }[]>`
        select x_mm as x, y_mm as y from wedding.seating_tables
        where wedding_id = ${weddingId} and event_id = ${eventId} and label = '1'`;
      return [row?.x, row?.y];
    };
    await openPlan(page);
    await page.getByRole('radio', { name: 'Arrange room' }).check({ force: true });
    const before = await spot();
    const from = await middleOf(tableOf(page, '1'));
    await drag(page, from, { x: from.x + 60, y: from.y + 90 });
    await expect.poll(spot).not.toEqual(before);
    const moved = await spot();
    await tableOf(page, '1').focus();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await expect.poll(spot).toEqual([(moved[0] ?? 0) + 200, moved[1]]);
    await expectClean(page, 'arranging');
    await page.keyboard.press('e');
    await page.getByRole('dialog', { name: 'Table 1' }).waitFor();
    await expectClean(page, 'dialog of a table');
  });
});
