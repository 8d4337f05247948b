import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { missingPackage } from '@wedsync/platform/required-package';
import { accessibilityViolations, launchChromium, openPage } from '@wedsync/testing/chromium';
import { seedGuest, seedGuests, seedTag } from '@wedsync/testing/factories/guests';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { type Stack, startStack } from '@wedsync/testing/stack';
import { createAccount, openAuthDatabase } from '@wedsync/weddings/accounts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const reason = missingPackage('chromium');
const db = await createTestDatabase();
const planner = {
  email: 'ines@example.com',
  name: 'Inês Prado',
  password: 'seven green umbrellas',
};
/** A change in one browser shows in another one within this time, on a busy machine. */
const liveWithinMs = 3_000;

let stack: Stack;
let browser: Browser;
let weddingUrl = '';
let guestId = '';

async function signIn(page: Page): Promise<void> {
  page.setDefaultTimeout(20_000);
  await page.goto(`${stack.webUrl}/sign-in`);
  await page.getByLabel('E-mail').fill(planner.email);
  await page.getByLabel('Password').fill(planner.password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Weddings', level: 1 }).waitFor();
}

const grid = (page: Page) => page.getByRole('grid', { name: 'Guests' });
const cellOf = (page: Page, text: string) =>
  grid(page).getByRole('gridcell').filter({ hasText: text }).first();

async function openGuests(page: Page, search = ''): Promise<void> {
  await page.goto(`${weddingUrl}/guests${search}`);
  await grid(page).getByRole('gridcell').first().waitFor();
}

async function expectClean(page: Page, what: string): Promise<void> {
  const overflows = await page.evaluate(
    'document.documentElement.scrollWidth > document.documentElement.clientWidth',
  );
  expect({ what, overflows, found: await accessibilityViolations(page) }).toEqual({
    what,
    overflows: false,
    found: [],
  });
}

/** The link in the newest mail to somebody, once the worker has sent it. */
async function mailedLink(to: string, pattern: RegExp): Promise<string> {
  for (const giveUpAt = Date.now() + 20_000; Date.now() < giveUpAt; ) {
    for (const { id } of stack.mail.store.list({ search: to }).items) {
      const [link] = pattern.exec((await stack.mail.store.parsed(id))?.text ?? '') ?? [];
      if (link) return link;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`no mail to ${to} with ${pattern.source}`);
}

/** The guest as the API tells it: contacts stand encrypted in the database. */
async function guestOf(page: Page): Promise<{ email: string | null; version: number }> {
  const input = encodeURIComponent(
    JSON.stringify({ weddingId: weddingUrl.split('/').at(-1), guestId }),
  );
  const answer = await page.request.get(`${stack.webUrl}/trpc/guests.get?input=${input}`);
  return (await answer.json()).result.data;
}

/** Changes the guest's address as another browser of the same person would. */
async function changeEmail(page: Page, email: string): Promise<void> {
  const { version } = await guestOf(page);
  const answer = await page.request.post(`${stack.webUrl}/trpc/guests.update`, {
    headers: { origin: stack.webUrl },
    data: { weddingId: weddingUrl.split('/').at(-1), guestId, version, patch: { email } },
  });
  expect(answer.status()).toBe(200);
}

async function seed(): Promise<string> {
  const accounts = openAuthDatabase({ url: db.url('auth'), max: 1 });
  const userId = await createAccount(accounts, planner);
  await accounts.end();
  const { orgId, weddingId, eventIds } = await seedWedding(db.admin);
  await db.admin`
    insert into wedding.org_members (org_id, user_id, role)
    values (${orgId}, ${userId}, 'planner')`;
  await seedGuests(db.admin, { weddingId, count: 300, eventIds });
  ({ guestId } = await seedGuest(db.admin, {
    weddingId,
    firstName: 'Aaron',
    lastName: 'Aalto',
    email: 'aaron@example.com',
    eventIds,
  }));
  await seedTag(db.admin, { weddingId, name: 'Family' });
  return weddingId;
}

describe.skipIf(reason)(`the planners’ surface in a browser ${reason ?? ''}`, () => {
  let page: Page;
  beforeAll(async () => {
    const weddingId = await seed();
    stack = await startStack(db);
    weddingUrl = `${stack.webUrl}/weddings/${weddingId}`;
    browser = await launchChromium();
    ({ page } = await openPage(browser));
    await signIn(page);
  });
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  it('shows plain words for a wrong password, and keeps the address asked for', async () => {
    const { page: other, context } = await openPage(browser);
    await other.goto(`${weddingUrl}/guests`);
    await other.getByLabel('E-mail').fill(planner.email);
    await other.getByLabel('Password').fill('not this one');
    await other.keyboard.press('Enter');
    await other.getByText('do not belong together').waitFor();
    await other.getByLabel('Password').fill(planner.password);
    await other.keyboard.press('Enter');
    await grid(other).waitFor();
    await context.close();
  });

  it.each([
    [320, 'dark'],
    [1280, 'light'],
  ] as const)('fits %i px in %s on every page, without axe violations', async (width, scheme) => {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    const rooms = ['', '/guests', '/guests/import', '/answers', '/events'];
    const pages = [...rooms, '/people', '/settings'].map((path) => weddingUrl + path);
    for (const url of [...pages, `${stack.webUrl}/`, `${stack.webUrl}/account`]) {
      await page.goto(url);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.getByRole('status', { name: /loading/ }).waitFor({ state: 'detached' });
      await expectClean(page, url.replace(stack.webUrl, ''));
    }
  });

  it('has no axe violation in what opens over the guest list', async () => {
    await page.setViewportSize({ width: 1280, height: 900 });
    await openGuests(page);
    await page.getByRole('button', { name: 'Filters' }).click();
    await page.getByRole('dialog', { name: 'Filters' }).waitFor();
    await expectClean(page, 'filters');
    await openGuests(page, '?guest=new');
    await page.getByRole('dialog').getByLabel('First name').waitFor();
    await expectClean(page, 'new guest');
    await openGuests(page, `?guest=${guestId}`);
    for (const tab of ['Details', 'Events', 'Household', 'History']) {
      await page.getByRole('tab', { name: tab }).click();
      await page.getByRole('tabpanel').waitFor();
      await expectClean(page, tab);
    }
  });

  it('lets a guest be edited in place with the keyboard alone', async () => {
    await openGuests(page);
    await page.getByRole('searchbox', { name: 'Search guests' }).focus();
    await page.keyboard.type('aalto');
    await cellOf(page, 'Aaron Aalto').waitFor();
    await expect.poll(() => grid(page).getByRole('row').count()).toBe(2);
    const cell = grid(page).locator('[data-cell]:focus');
    for (let step = 0; step < 20 && (await cell.count()) === 0; step++) {
      await page.keyboard.press('Tab');
    }
    for (let column = 1; (await cell.textContent()) !== 'aaron@example.com'; column++) {
      await page.keyboard.press('ArrowRight');
      await grid(page).locator(`[data-cell="0:${column}"]:focus`).waitFor();
    }
    await page.keyboard.press('F2');
    await page.keyboard.type('aalto@example.com');
    await page.keyboard.press('Enter');
    await cellOf(page, 'aalto@example.com').waitFor();
    // The cell shows the new address before the server has it.
    await expect.poll(async () => (await guestOf(page)).email).toBe('aalto@example.com');
  });

  it('brings a change of another browser by itself', async () => {
    const { page: other, context } = await openPage(browser);
    await signIn(other);
    await openGuests(other, '?q=aalto');
    await other.getByText('Live', { exact: true }).waitFor();
    await openGuests(page, `?guest=${guestId}`);
    await page.getByRole('dialog').getByLabel('Last name').fill('Aaltonen');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await cellOf(other, 'Aaltonen').waitFor({ timeout: liveWithinMs });
    await context.close();
  });

  it('shows the loser of a race both values and loses nothing that was typed', async () => {
    await openGuests(page, `?guest=${guestId}`);
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('First name').fill('Typed');
    await db.admin`
      update wedding.guests set first_name = 'Faster' where id = ${guestId}`;
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await dialog.getByText('Yours: Typed').waitFor();
    await dialog.getByText('Theirs: Faster').waitFor();
    await expectClean(page, 'both values');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    const [row] = await db.admin`select first_name from wedding.guests where id = ${guestId}`;
    expect(row).toMatchObject({ first_name: 'Typed' });
  });

  it('keeps what was typed into a cell beside the value that was faster', async () => {
    const { page: other, context } = await openPage(browser);
    await signIn(other);
    await changeEmail(page, 'seen@example.com');
    await openGuests(other, '?q=aalto');
    await cellOf(other, 'seen@example.com').dblclick();
    await other.keyboard.type('typed@example.com');
    await changeEmail(page, 'faster@example.com');
    await other.keyboard.press('Enter');
    const note = other.getByRole('alert').filter({ hasText: 'faster@example.com' });
    await note.getByText('typed@example.com').waitFor();
    await expectClean(other, 'both values in the list');
    await note.getByRole('button', { name: 'Save mine' }).click();
    await expect.poll(async () => (await guestOf(page)).email).toBe('typed@example.com');
    await context.close();
  });

  it('shows the old value again when the server cannot be reached', async () => {
    const { page: other, context } = await openPage(browser);
    await signIn(other);
    await changeEmail(page, 'kept@example.com');
    await openGuests(other, '?q=aalto');
    await other.route('**/trpc/guests.update**', (route) => route.abort());
    await cellOf(other, 'kept@example.com').dblclick();
    await other.keyboard.type('lost@example.com');
    await other.keyboard.press('Enter');
    const note = other.getByRole('alert').filter({ hasText: 'lost@example.com' });
    await note.getByText('was not saved').waitFor();
    await cellOf(other, 'kept@example.com').waitFor();
    await other.unroute('**/trpc/guests.update**');
    await note.getByRole('button', { name: 'Try again' }).click();
    await cellOf(other, 'lost@example.com').waitFor();
    await note.waitFor({ state: 'detached' });
    await context.close();
  });

  it('needs no sideways scrolling of the guest list on a phone', async () => {
    const { page: phone, context } = await openPage(browser, { width: 375, height: 800 });
    await signIn(phone);
    await openGuests(phone, '?q=aalto');
    const overflows = await grid(phone).evaluate(
      ({ parentElement: box }) => box !== null && box.scrollWidth > box.clientWidth,
    );
    expect(overflows).toBe(false);
    await cellOf(phone, 'Aalto').click();
    await phone.getByRole('dialog').getByLabel('Last name').waitFor();
    await context.close();
  });

  it('shows the answers of many guests at once, and takes them back when they are refused', async () => {
    const { page: other, context } = await openPage(browser);
    await signIn(other);
    const answers = async () => {
      const [row] = await db.admin<{ yes: number }[]>`
        select count(*) filter (where answer = 'yes')::int as yes
        from wedding.invitations where guest_id = ${guestId}`;
      return row?.yes;
    };
    await db.admin`update wedding.invitations set answer = null where guest_id = ${guestId}`;
    await openGuests(other, '?q=aalto');
    const record = async () => {
      await grid(other).getByRole('checkbox', { name: /Aalto/ }).check({ force: true });
      await other.getByRole('button', { name: 'Record answer…' }).click();
      await other
        .getByRole('menuitem', { name: /Coming/ })
        .first()
        .click();
    };
    await other.route('**/trpc/guests.recordAnswers**', async (route) => {
      await grid(other).getByText('Coming', { exact: true }).waitFor();
      await route.abort();
    });
    await record();
    const notice = other.getByRole('alertdialog').filter({ hasText: 'were not written down' });
    await notice.waitFor();
    await grid(other).getByText('Coming', { exact: true }).waitFor({ state: 'detached' });
    expect(await answers()).toBe(0);
    await expectClean(other, 'refused answers');
    await other.unroute('**/trpc/guests.recordAnswers**');
    await notice.getByRole('button', { name: 'Try again' }).click();
    await grid(other).getByText('Coming', { exact: true }).waitFor();
    await expect.poll(answers).toBe(1);
    await other.getByRole('button', { name: 'Undo' }).click();
    await grid(other).getByText('Coming', { exact: true }).waitFor({ state: 'detached' });
    await expect.poll(answers).toBe(0);
    await context.close();
  });

  it('imports a spreadsheet with the keyboard and takes it back', async () => {
    await page.goto(`${weddingUrl}/guests/import`);
    const csv = 'Name;E-mail;Diet\nZoe Quill;zoe@example.com;vegan\nYann Quill;;nut allergy\n';
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
    const run = page.getByRole('button', { name: /^Import 2 guests/ });
    await run.waitFor();
    await expectClean(page, 'review');
    await run.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'The guests are on the list' }).waitFor();
    const count = async () => {
      const [row] = await db.admin<{ count: number }[]>`
        select count(*)::int from wedding.guests where last_name = 'Quill' and removed_at is null`;
      return row?.count;
    };
    expect(await count()).toBe(2);
    await page.getByRole('button', { name: 'Undo' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('The import is undone').waitFor();
    expect(await count()).toBe(0);
  });

  it('offers no undo for an import whose way back is erased', async () => {
    await db.admin`
      update wedding.guest_imports
      set state = 'applied', undone_at = null, applied_at = now() - interval '31 days'`;
    await page.goto(`${weddingUrl}/guests/import`);
    await page.getByText('No undo after 30 days').waitFor();
    expect(await page.getByRole('button', { name: 'Undo' }).count()).toBe(0);
  });

  it('leads who signs up for an invitation back to it from the confirmed address', async () => {
    const { page: other, context } = await openPage(browser);
    other.setDefaultTimeout(20_000);
    await page.goto(`${weddingUrl}/people`);
    await page.getByRole('button', { name: 'Invite' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('E-mail').fill('nina@example.com');
    await dialog.getByRole('button', { name: /Send/ }).click();
    await dialog.waitFor({ state: 'detached' });
    await other.goto(await mailedLink('nina@example.com', /http:\S+\/join\/\S+/));
    await other.getByRole('link', { name: 'Create an account' }).click();
    await other.getByLabel('Your name').fill('Nina Sol');
    await other.getByLabel('E-mail').fill('nina@example.com');
    await other.getByLabel('Password').fill('eleven blue lanterns');
    await other.getByRole('button', { name: 'Create account' }).click();
    await other.getByText('We have written to nina@example.com').waitFor();
    await other.goto(await mailedLink('nina@example.com', /http:\S+\/verify-email\S+/));
    await other.getByRole('button', { name: 'Yes, this is my address' }).click();
    await other.getByRole('link', { name: 'Sign in and open your invitation' }).click();
    await other.getByLabel('E-mail').fill('nina@example.com');
    await other.getByLabel('Password').fill('eleven blue lanterns');
    await other.keyboard.press('Enter');
    await other.getByRole('button', { name: 'Accept' }).click();
    await other.getByRole('navigation', { name: 'Rooms of the wedding' }).waitFor();
    await context.close();
  });
});
