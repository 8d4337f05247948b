import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { missingPackage } from '@wedsync/platform/required-package';
import { accessibilityViolations, launchChromium, openPage } from '@wedsync/testing/chromium';
import { seedPlan } from '@wedsync/testing/factories/seating';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { type Stack, startStack } from '@wedsync/testing/stack';
import { createAccount, openAuthDatabase } from '@wedsync/weddings/accounts';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const reason = missingPackage('chromium');
const db = await createTestDatabase();
const planner = {
  email: 'ines@example.com',
  name: 'Inês Prado',
  password: 'seven green umbrellas',
};
const guestCount = 24;

let stack: Stack;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let seatingUrl = '';
let eventId = '';

async function signIn(to: Page): Promise<void> {
  to.setDefaultTimeout(20_000);
  await to.goto(`${stack.webUrl}/sign-in`);
  await to.getByLabel('E-mail').fill(planner.email);
  await to.getByLabel('Password').fill(planner.password);
  await to.keyboard.press('Enter');
  await to.getByRole('heading', { name: 'Weddings', level: 1 }).waitFor();
}

async function seed(): Promise<void> {
  const accounts = openAuthDatabase({ url: db.url('auth'), max: 1 });
  const userId = await createAccount(accounts, planner);
  await accounts.end();
  const { orgId, weddingId, eventIds } = await seedWedding(db.admin);
  eventId = eventIds[0] ?? '';
  await db.admin`
    insert into wedding.org_members (org_id, user_id, role)
    values (${orgId}, ${userId}, 'owner')`;
  await seedPlan(db.admin, { weddingId, eventId, tables: 5, seatCount: 8, guests: guestCount });
  await db.admin`
    update wedding.invitations
    set answer = 'yes', answered_at = now(), answered_by_kind = 'user', via = 'planner'`;
  stack = await startStack(db);
  seatingUrl = `${stack.webUrl}/weddings/${weddingId}/seating/${eventId}`;
}

interface Seated {
  name: string;
  label: string;
  number: number;
  locked: boolean;
}

/** Who sits where, as the database has it. */
const seated = () => db.admin<Seated[]>`
  select g.first_name || ' ' || g.last_name as name, t.label, s.number, a.is_locked as locked
  from wedding.seating_assignments a
  join wedding.guests g on g.id = a.guest_id
  join wedding.seating_seats s on s.id = a.seat_id
  join wedding.seating_tables t on t.id = s.table_id
  order by t.label, s.number`;
const seatedCount = async () => (await seated()).length;

const placeOf = async (name: string) =>
  (await seated()).filter((row) => row.name === name).map(({ label, number }) => [label, number]);

async function open(panel: string): Promise<void> {
  await page.goto(`${seatingUrl}?view=list&panel=${panel}`);
  await page.getByRole('heading', { name: 'Table 1' }).waitFor();
  await expect.poll(() => page.getByRole('status', { name: /loading|checked/ }).count()).toBe(0);
}

async function expectClean(what: string): Promise<void> {
  const overflows = await page.evaluate(
    'document.documentElement.scrollWidth > document.documentElement.clientWidth',
  );
  expect({ what, overflows, found: await accessibilityViolations(page) }).toEqual({
    what,
    overflows: false,
    found: [],
  });
}

const queue = () => page.getByRole('grid', { name: 'Guests without a seat' });
const seat = (table: string, number: number) =>
  page.getByRole('row', { name: new RegExp(`^Table ${table}, seat ${number},`) });
const dialog = () => page.getByRole('dialog');

/** Where the keyboard is: the name of the grid around the focus. */
const gridOfFocus = () =>
  page.evaluate(`document.activeElement?.closest('[role=grid]')?.getAttribute('aria-label') ?? ''`);

/** Presses Tab until the focus is in a place whose name is `name`. */
async function tabTo(name: string, read: () => Promise<unknown>): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    if ((await read()) === name) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`the keyboard does not reach ${name}`);
}

describe.skipIf(reason)(`seating as a list ${reason ?? ''}`, () => {
  beforeAll(async () => {
    await seed();
    browser = await launchChromium();
    ({ page, context } = await openPage(browser));
    await signIn(page);
  });
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  it('seats a whole wedding by keyboard alone, three presses a household', async () => {
    await open('guests');
    await queue().getByRole('row').first().waitFor();
    const focused = () => page.evaluate(`document.activeElement?.textContent ?? ''`);
    await tabTo(`${guestCount} without a seat`, focused);
    await page.keyboard.press('Enter');
    await tabTo('Guests without a seat', gridOfFocus);
    for (let household = 0; household < guestCount / 2; household++) {
      await page.keyboard.press('Enter');
      await dialog().waitFor();
      await page.keyboard.type(String(1 + Math.floor(household / 4)));
      await page.keyboard.press('Enter');
      await expect.poll(seatedCount).toBe(2 * (household + 1));
      await dialog().waitFor({ state: 'detached' });
    }
    await page.getByText('Everybody has a seat').waitFor();
    expect((await seated()).map(({ label }) => label)).toEqual([
      ...Array.from({ length: 8 }, () => '1'),
      ...Array.from({ length: 8 }, () => '2'),
      ...Array.from({ length: 8 }, () => '3'),
    ]);
  });

  it('moves, swaps, locks and frees from the menu of a seat', async () => {
    await open('guests');
    const [, second] = await seated();
    await seat('1', 1).press('Enter');
    await page.getByRole('menuitem', { name: 'Change places with…' }).press('Enter');
    await dialog()
      .getByRole('searchbox')
      .fill(second?.name ?? '');
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await seated())[0]?.name).toBe(second?.name);

    await seat('1', 1).press('Enter');
    await page.getByRole('menuitem', { name: 'Move…' }).press('Enter');
    await dialog().getByText('Choose the seat too').click();
    await dialog().getByRole('searchbox').fill('4');
    await page.keyboard.press('Enter');
    await dialog()
      .getByRole('button', { name: /Seat 5/ })
      .click();
    await expect
      .poll(async () => (await seated()).at(-1))
      .toEqual({ name: second?.name, label: '4', number: 5, locked: false });

    await seat('4', 5).press('Enter');
    await page.getByRole('menuitem', { name: 'Lock on this seat' }).press('Enter');
    await page.getByRole('row', { name: /^Table 4, seat 5,.*locked$/ }).waitFor();
    await expect.poll(async () => (await seated()).at(-1)?.locked).toBe(true);
    await seat('4', 5).press('Enter');
    // A locked guest stays: the menu offers nothing else before the lock is opened.
    const freeing = page.getByRole('menuitem', { name: 'Free the seat' });
    expect(await freeing.getAttribute('aria-disabled')).toBe('true');
    await page.getByRole('menuitem', { name: 'Unlock' }).press('Enter');
    await expect.poll(async () => (await seated()).at(-1)?.locked).toBe(false);
    await seat('4', 5).press('Enter');
    await page.getByRole('menuitem', { name: 'Free the seat' }).press('Enter');
    await expect.poll(seatedCount).toBe(guestCount - 1);
  });

  it('says why somebody sits there, what else would be, and moves there', async () => {
    await open('guests');
    const guest = (await seated()).find(({ label, number }) => label === '2' && number === 1);
    await seat('2', 1).press('Enter');
    await page.getByRole('menuitem', { name: 'Why here?' }).press('Enter');
    await dialog().getByText('What if?').waitFor();
    await expectClean('why');
    const other = dialog().getByRole('button', { name: /^(Move there|Swap)/ });
    await other.first().click();
    await dialog().waitFor({ state: 'detached' });
    await expect.poll(() => placeOf(guest?.name ?? '')).not.toEqual([['2', 1]]);
  });

  it('keeps a rule as a sentence, warns where it is broken, and brings a removed one back', async () => {
    await open('rules');
    const [one, other] = (await seated()).filter(({ label }) => label === '3');
    await page.getByRole('button', { name: 'New rule' }).click();
    for (const [field, name] of [
      ['Who', one?.name],
      ['With whom', other?.name],
    ] as const) {
      const box = dialog().getByRole('combobox', { name: field, exact: true });
      await box.fill(name ?? '');
      await page.getByRole('option', { name }).first().waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
    }
    await dialog().getByRole('button', { name: /What$/ }).click();
    await page.getByRole('option', { name: 'Never at the same table' }).click();
    await expectClean('rule');
    await dialog().getByRole('button', { name: 'Add the rule' }).click();
    const sentence = `${one?.name} never sits with ${other?.name}`;
    await page.getByText(sentence, { exact: true }).waitFor();
    await page.getByText('Not kept now:').waitFor();
    await expectClean('rules');

    await page.getByRole('tab', { name: 'Warnings' }).click();
    await page.getByText('Must be mended').waitFor();
    await expectClean('warnings');
    await page.getByRole('tab', { name: 'Rules' }).click();
    await page.getByRole('button', { name: `Remove: ${sentence}` }).click();
    await page.getByText('No rules yet').waitFor();
    await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
    await page.getByText(sentence, { exact: true }).waitFor();
  });

  it('seats the rest automatically after a look at the changes, and takes it back', async () => {
    await open('auto-seat');
    await expectClean('auto-seat');
    const before = await seated();
    await page.getByText('Seat everybody anew').click();
    await page.getByRole('button', { name: 'Find the best seating' }).click();
    await page.getByRole('button', { name: 'Look at the changes' }).click({ timeout: 60_000 });
    await expect.poll(() => dialog().getByRole('table').count()).toBeGreaterThan(0);
    await expectClean('preview');
    expect(await seated()).toEqual(before);
    await dialog().getByRole('button', { name: 'Apply it' }).click();
    await expect.poll(seatedCount).toBe(guestCount);
    const rows = await seated();
    const [never] = await db.admin<{ one: string; other: string }[]>`
      select a.first_name || ' ' || a.last_name as one, b.first_name || ' ' || b.last_name as other
      from wedding.seating_relationships r
      join wedding.guests a on a.id = r.one_guest_id join wedding.guests b on b.id = r.other_guest_id`;
    const tableOf = (name = '') => rows.find((row) => row.name === name)?.label;
    expect(tableOf(never?.one)).not.toBe(tableOf(never?.other));
    await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
    await expect.poll(seated).toEqual(before);
    await page.getByRole('button', { name: 'Redo', exact: true }).click();
    await expect.poll(seatedCount).toBe(guestCount);
  });

  it('tells of an answer that changed, and repairs the plan with few moves', async () => {
    const [gone] = await seated();
    await db.admin`
      update wedding.invitations i set answer = 'no' from wedding.guests g
      where g.id = i.guest_id and g.first_name || ' ' || g.last_name = ${gone?.name ?? ''}
        and i.event_id = ${eventId}`;
    await open('guests');
    await page.getByText('1 answer changed: 1 guest is not coming any more.').waitFor();
    await expectClean('banner');
    await page.getByRole('button', { name: 'Propose a repair' }).click();
    await dialog().getByRole('table', { name: 'Lose their seat' }).waitFor();
    await dialog().getByRole('button', { name: 'Apply it' }).click();
    await expect.poll(() => placeOf(gone?.name ?? '')).toEqual([]);
    await page.getByText('answer changed').waitFor({ state: 'detached' });
  });

  it('keeps a version, shows the difference, brings it back, and tells it in the history', async () => {
    await open('versions');
    const kept = await seated();
    await page.getByLabel('Keep the plan as it is now').fill('Before the in-laws');
    await page.keyboard.press('Enter');
    const compare = page.getByRole('button', { name: /^Compare “Before the in-laws”/ });
    await compare.waitFor();
    await page.getByRole('button', { name: 'Actions for Table 2' }).click();
    await page.getByRole('menuitem', { name: 'Free the seats' }).click();
    await expect.poll(seatedCount).toBeLessThan(kept.length);
    await compare.click();
    await dialog().getByRole('table', { name: 'Get a seat' }).waitFor();
    await expectClean('compare');
    await dialog().getByRole('button', { name: 'Bring it back' }).click();
    await expect.poll(seated).toEqual(kept);
    await page.getByRole('tab', { name: 'History' }).click();
    await page.getByText(/Before the in-laws.*brought back/).waitFor();
    await expectClean('history');
  });

  it.each([
    [375, 'dark'],
    [1280, 'light'],
  ] as const)('fits %i px in %s in every panel, without axe violations', async (width, scheme) => {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    for (const panel of ['guests', 'warnings', 'rules', 'auto-seat', 'versions', 'history']) {
      await open(panel);
      await expectClean(`${panel} at ${width}`);
    }
  });

  it('seats a table with one thumb on a phone, several guests at a time', async () => {
    const state = await context.storageState();
    const phone = await browser.newContext({
      viewport: { width: 375, height: 760 },
      hasTouch: true,
      isMobile: true,
      storageState: state,
    });
    const held = page;
    page = await phone.newPage();
    page.setDefaultTimeout(20_000);
    await db.admin`delete from wedding.seating_assignments`;
    await open('guests');
    await page.getByRole('button', { name: 'Seat guests at Table 2…' }).tap();
    const boxes = dialog().getByRole('checkbox', { name: /family/ });
    await boxes.nth(0).tap({ force: true });
    await boxes.nth(1).tap({ force: true });
    await dialog().getByRole('button', { name: 'Seat 4 guests here' }).tap();
    await expect
      .poll(async () => (await seated()).map(({ label }) => label))
      .toEqual(['2', '2', '2', '2']);
    await page.getByRole('button', { name: 'Table 2', exact: true }).tap();
    await seat('2', 1).tap();
    await page.getByRole('menuitem', { name: 'Free the seat' }).tap();
    await expect.poll(seatedCount).toBe(3);
    await expectClean('phone');
    await phone.close();
    page = held;
  });
});
