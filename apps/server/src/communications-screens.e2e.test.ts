import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { missingPackage } from '@wedsync/platform/required-package';
import { accessibilityViolations, launchChromium, openPage } from '@wedsync/testing/chromium';
import { seedGuest, seedGuests } from '@wedsync/testing/factories/guests';
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
const guestCount = 60;

let stack: Stack;
let browser: Browser;
let page: Page;
let weddingUrl = '';
let orgId = '';
let guestId = '';

async function signIn(to: Page): Promise<void> {
  to.setDefaultTimeout(20_000);
  await to.goto(`${stack.webUrl}/sign-in`);
  await to.getByLabel('E-mail').fill(planner.email);
  await to.getByLabel('Password').fill(planner.password);
  await to.keyboard.press('Enter');
  await to.getByRole('heading', { name: 'Weddings', level: 1 }).waitFor();
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

async function seed(): Promise<string> {
  const accounts = openAuthDatabase({ url: db.url('auth'), max: 1 });
  const userId = await createAccount(accounts, planner);
  await accounts.end();
  const wedding = await seedWedding(db.admin, { rsvpDeadline: '2027-04-30' });
  orgId = wedding.orgId;
  const { weddingId, eventIds } = wedding;
  await db.admin`
    insert into wedding.org_members (org_id, user_id, role)
    values (${orgId}, ${userId}, 'owner')`;
  await seedGuests(db.admin, { weddingId, count: guestCount, eventIds });
  ({ guestId } = await seedGuest(db.admin, {
    weddingId,
    firstName: 'Aaron',
    lastName: 'Aalto',
    email: 'aaron@example.com',
    eventIds,
  }));
  return weddingId;
}

/** A draft of the given kind, with the wording of its built-in template. */
async function startDraft(): Promise<void> {
  await page.goto(`${weddingUrl}/messages`);
  await page.getByRole('button', { name: 'Write a message' }).click();
  await page.getByRole('dialog').getByLabel('Title').fill('Our invitation');
  await page.getByRole('button', { name: 'Start writing' }).click();
  await page.getByRole('button', { name: 'Check and send…' }).waitFor();
  await page.frameLocator('iframe').getByText('Dear').first().waitFor();
}

const toCheck = async () => {
  await page.getByRole('button', { name: 'Check and send…' }).click();
  await page.getByRole('grid', { name: 'Recipients' }).waitFor();
};

describe.skipIf(reason)(`the screens of messages ${reason ?? ''}`, () => {
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

  it('show the preview in both widths and themes, and what is wrong with a text', async () => {
    await startDraft();
    await expectClean('composer');
    await page.getByRole('radio', { name: 'Phone' }).check({ force: true });
    await page.getByRole('radio', { name: 'Dark' }).check({ force: true });
    // The frame runs no script to ask for its colours: the mail's own dark rules hold, or do not.
    const rules = async () =>
      /@media (not )?all/.exec((await page.locator('iframe').getAttribute('srcdoc')) ?? '')?.[0];
    await expect.poll(rules).toBe('@media all');
    await page.getByRole('radio', { name: 'Light' }).check({ force: true });
    await expect.poll(rules).toBe('@media not all');
    await page.getByLabel('Text', { exact: true }).fill('Dear {{ nmaes }},');
    await page.getByText('Did you mean {{ names }}?').waitFor();
    await expectClean('a text that cannot be sent');
  });

  it('keep a text in another language and as a layout', async () => {
    await startDraft();
    await page.getByRole('button', { name: 'Add a language…' }).click();
    await page.getByRole('menuitem', { name: 'Italian', exact: true }).click();
    await page.getByLabel('Subject').fill('Siete invitati');
    await page.getByRole('radio', { name: 'Layout (MJML)' }).check({ force: true });
    expect(await page.getByLabel('Text', { exact: true }).inputValue()).toContain('<mj-text>');
    await page.getByRole('button', { name: 'Save draft' }).click();
    await page.getByRole('button', { name: 'Saved' }).waitFor();
    await page.reload();
    await page.getByRole('radio', { name: 'Italian' }).check({ force: true });
    expect(await page.getByLabel('Subject').inputValue()).toBe('Siete invitati');
  });

  it('ask for a text and count its segments when the channel changes', async () => {
    await startDraft();
    await page.getByText('To those who agreed to text messages').click();
    await page.getByLabel('Text', { exact: true }).fill('The bus leaves at 14:00 — be there!');
    await page.getByText('1 segment', { exact: true }).waitFor();
    await page.getByText('fit the short alphabet').waitFor();
    await expectClean('a text message');
  });

  it('count the audience while it is chosen', async () => {
    await startDraft();
    const result = page.getByText(/e-mails? to/);
    await result.waitFor();
    const everybody = await result.textContent();
    await page.getByRole('checkbox', { name: 'No e-mail address' }).check({ force: true });
    await expect.poll(() => result.textContent()).not.toBe(everybody);
  });

  it('plan a message by a day of the wedding, and bring it back', async () => {
    await startDraft();
    await toCheck();
    await expectClean('check');
    await page.getByRole('button', { name: 'Send later…' }).click();
    await page.getByRole('radio', { name: /Counted from/ }).check({ force: true });
    await expectClean('schedule');
    await page.getByRole('button', { name: 'Plan it' }).click();
    // Seven days before 30 April, at ten in Lisbon.
    await page.getByText(/Apr 23, 2027, (9|10):00/).waitFor();
    await expectClean('planned');
    await page.getByRole('button', { name: 'Back to a draft' }).click();
    await page.getByRole('button', { name: 'Check and send…' }).waitFor();
  });

  it('send with the keyboard, pause within a second, go on, and stop for good', async () => {
    // Slow enough to be caught in the middle, on any machine.
    await db.admin`
      insert into ops.send_rates (scope, per_second, burst) values (${`org:${orgId}`}, 4, 1)`;
    await startDraft();
    await toCheck();
    const open = page.getByRole('button', { name: /^Send \d+ e-mails…/ });
    await open.focus();
    await page.keyboard.press('Enter');
    const confirm = page.getByRole('alertdialog').getByRole('button', { name: /^Send \d+/ });
    await confirm.focus();
    await page.keyboard.press('Enter');
    const bar = page.getByRole('progressbar', { name: 'Sending' });
    await bar.waitFor();
    await expect
      .poll(async () => Number(await bar.getAttribute('aria-valuenow')), { timeout: 15_000 })
      .toBeGreaterThan(2);
    await page.getByText(/a second, through about/).waitFor();
    await expectClean('sending');
    await page.getByRole('button', { name: 'Pause' }).click();
    const paused = page.getByRole('progressbar', { name: 'Paused' });
    await paused.waitFor();
    const mailed = () => stack.mail.store.list().total;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const stood = mailed();
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    expect(mailed()).toBe(stood);
    await page.getByRole('button', { name: 'Go on' }).click();
    await expect.poll(mailed, { timeout: 15_000 }).toBeGreaterThan(stood);
    await page.getByRole('button', { name: 'Stop for good…' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Stop it' }).click();
    await page.getByText('Stopped').first().waitFor();
    await expectClean('stopped');
  });

  it('tell the story of a guest, take down a consent, and erase the guest for good', async () => {
    await page.goto(`${weddingUrl}/guests?guest=${guestId}`);
    await page.getByRole('tab', { name: 'Messages' }).click();
    await page.getByRole('tabpanel').getByText('Our invitation').waitFor();
    await expectClean('timeline');
    await page.getByRole('tab', { name: 'Privacy' }).click();
    await page.getByRole('button', { name: 'Write down what the guest said…' }).click();
    await expectClean('consent');
    await page.getByRole('button', { name: 'Write it down' }).click();
    await page.getByText('Agreed by word of mouth').waitFor();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Copy of the data' }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/\.zip$/);
    await page.getByRole('button', { name: 'Erase for good…' }).click();
    const question = page.getByRole('alertdialog');
    expect(await question.getByRole('button', { name: 'Erase' }).isDisabled()).toBe(true);
    await question.getByRole('textbox').fill('erase');
    await question.getByRole('button', { name: 'Erase' }).click();
    await page.getByText('The guest is erased').waitFor();
    const [left] = await db.admin<{ left: number }[]>`
      select count(*)::int as left from wedding.guest_keys where guest_id = ${guestId}`;
    expect(left).toEqual({ left: 0 });
  });

  it('bring an earlier version of a template back', async () => {
    await page.goto(`${weddingUrl}/templates`);
    await page.getByRole('link', { name: 'Invitation', exact: true }).click();
    const subject = page.getByLabel('Subject');
    const first = await subject.inputValue();
    await page.getByLabel('Name').fill('Our words');
    await subject.fill('Come to our wedding');
    await page.getByRole('button', { name: 'Save as a new version' }).click();
    await page.getByRole('heading', { name: 'Our words' }).waitFor();
    await page.getByRole('button', { name: 'Bring back' }).first().click();
    await page.getByText('is the newest again').waitFor();
    // The words come back; what the template is called stays.
    await expect.poll(() => subject.inputValue()).toBe(first);
    await page.getByText('Version 3', { exact: true }).first().waitFor();
    await page.getByRole('heading', { name: 'Our words' }).waitFor();
    await expectClean('template');
  });

  it('keep a reminder that can be paused', async () => {
    await page.goto(`${weddingUrl}/reminders`);
    await page.getByRole('button', { name: 'New reminder' }).click();
    await page.getByRole('dialog').getByLabel('Says').waitFor();
    await expectClean('reminder');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    const toggle = page.getByRole('switch');
    await toggle.waitFor();
    await toggle.press('Space');
    await page.getByText('Paused').waitFor();
    await expect
      .poll(() => db.admin`select paused from wedding.reminder_rules`)
      .toMatchObject([{ paused: true }]);
  });

  it.each([
    [320, 'dark'],
    [1280, 'light'],
  ] as const)('fit %i px in %s on every page, without axe violations', async (width, scheme) => {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await page.goto(`${weddingUrl}/messages`);
    const stopped = page.getByRole('listitem').filter({ hasText: 'Stopped' }).getByRole('link');
    const draft = page.getByRole('listitem').filter({ hasText: 'Draft' }).first().getByRole('link');
    const addresses = [await stopped.getAttribute('href'), await draft.getAttribute('href')];
    const rooms = ['/messages', '/templates', '/reminders', '/text-replies', '/privacy'];
    for (const url of [
      ...rooms.map((path) => weddingUrl + path),
      ...addresses.map((path) => stack.webUrl + path),
      `${stack.webUrl}${addresses[1]}/check`,
    ]) {
      await page.goto(url);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await expect.poll(() => page.getByRole('status', { name: /loading/ }).count()).toBe(0);
      await expectClean(url.replace(stack.webUrl, ''));
    }
  });
});
