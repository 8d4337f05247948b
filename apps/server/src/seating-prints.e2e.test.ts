import { readFile } from 'node:fs/promises';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { missingPackage } from '@wedsync/platform/required-package';
import { accessibilityViolations, launchChromium, openPage } from '@wedsync/testing/chromium';
import { seedAssignment, seedPlan } from '@wedsync/testing/factories/seating';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { type Stack, startStack } from '@wedsync/testing/stack';
import { createAccount, openAuthDatabase } from '@wedsync/weddings/accounts';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const reason = missingPackage('chromium');
const db = await createTestDatabase();
const [email, password] = ['ines@example.com', 'seven green umbrellas'];

let stack: Stack;
let browser: Browser;
let page: Page;

/** A dinner of three tables; the first of twelve guests sits at the first, written in Chinese. */
async function seed(): Promise<{ weddingId: string; eventId: string }> {
  const accounts = openAuthDatabase({ url: db.url('auth'), max: 1 });
  const userId = await createAccount(accounts, { email, name: 'Inês Prado', password });
  await accounts.end();
  const { orgId, weddingId, eventIds } = await seedWedding(db.admin);
  const eventId = eventIds[1] ?? '';
  await db.admin`
    insert into wedding.org_members (org_id, user_id, role) values (${orgId}, ${userId}, 'owner')`;
  const { guestIds, tables } = await seedPlan(db.admin, { weddingId, eventId });
  const [guestId = '', seatId = ''] = [guestIds[0], tables[0]?.seatIds[0]];
  await db.admin`update wedding.guests set first_name = '伟', last_name = '李' where id = ${guestId}`;
  await seedAssignment(db.admin, { weddingId, eventId, guestId, seatId });
  return { weddingId, eventId };
}

async function openFromMenu(item: string, title: string): Promise<Locator> {
  await page.getByRole('button', { name: 'Print & export' }).click();
  await page.getByRole('menuitem', { name: item }).click();
  const dialog = page.getByRole('dialog', { name: title });
  await dialog.waitFor();
  return dialog;
}

describe.skipIf(reason)(`what leaves a seating plan, in a browser ${reason ?? ''}`, () => {
  beforeAll(async () => {
    const { weddingId, eventId } = await seed();
    stack = await startStack(db);
    browser = await launchChromium();
    ({ page } = await openPage(browser));
    page.setDefaultTimeout(20_000);
    await page.goto(`${stack.webUrl}/sign-in`);
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password').fill(password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Weddings', level: 1 }).waitFor();
    await page.goto(`${stack.webUrl}/weddings/${weddingId}/seating/${eventId}`);
    await page.getByRole('button', { name: 'Print & export' }).waitFor();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  it('is printed from a dialog that warns of names to write by hand', async () => {
    const dialog = await openFromMenu('Print…', 'Print');
    await dialog.getByText('One text to write by hand').waitFor();
    await dialog.getByText(/table 1, seat 1/).waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await dialog.getByRole('radio', { name: /Place cards/ }).check({ force: true });
    const link = dialog.getByRole('link', { name: 'Open the PDF' });
    const answer = await page.request.get(`${stack.webUrl}${await link.getAttribute('href')}`);
    expect(answer.headers()['content-type']).toBe('application/pdf');
    expect((await answer.body()).subarray(0, 5).toString()).toBe('%PDF-');
    await page.keyboard.press('Escape');
  });

  it('leaves as a file, and comes back changed with a look at what it does', async () => {
    await page.getByRole('button', { name: 'Print & export' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'Export as CSV' }).click(),
    ]);
    const csv = await readFile(await download.path(), 'utf8');
    expect(csv.split('\r\n')[1]).toMatch(/^1,1,伟,李,/);
    const dialog = await openFromMenu('Import a CSV…', 'Import seats');
    const changed = csv.replace('\r\n1,1,', '\r\n2,5,').concat('9,1,Nobody,Known,,,,,\r\n');
    await dialog.locator('input[type=file]').setInputFiles({
      name: 'seats.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(changed),
    });
    await dialog.getByText('table 1, seat 1 → table 2, seat 5').waitFor();
    await dialog.getByText('1 row cannot be imported').waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Move 1 guest' }).click();
    await page.getByText('The file is imported').waitFor();
    const [row] = await db.admin`
      select t.label, s.number from wedding.seating_assignments a
      join wedding.seating_seats s on s.id = a.seat_id join wedding.seating_tables t on t.id = s.table_id`;
    expect(row).toMatchObject({ label: '2', number: 5 });
  });

  it('shows guests what the planner chooses', async () => {
    const dialog = await openFromMenu('What guests see…', 'What guests see');
    await dialog.getByRole('radio', { name: /Their table and seat/ }).check({ force: true });
    await dialog.getByLabel('From this day on').fill('2020-01-01');
    expect(await accessibilityViolations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Guests can read it now.').waitFor();
    const [row] =
      await db.admin`select shows, shown_from::text as day from wedding.seating_publications`;
    expect(row).toMatchObject({ shows: 'seat', day: '2020-01-01' });
  });
});
