import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { missingPackage } from '@wedsync/platform/required-package';
import { accessibilityViolations, launchChromium, openPage } from '@wedsync/testing/chromium';
import { seedGuest, seedHousehold } from '@wedsync/testing/factories/guests';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { linkTokenOf, seedUnsubscribeToken, startTestSite, type TestSite } from './test-site.ts';

const reason = missingPackage('chromium');
const db = await createTestDatabase();
let site: TestSite;
let browser: Browser;

async function household(): Promise<{ url: string; unsubscribeUrl: string; weddingId: string }> {
  const { weddingId, eventIds } = await seedWedding(db.admin, { rsvpDeadline: '2127-04-30' });
  const householdId = await seedHousehold(db.admin, { weddingId, name: 'The Almeidas' });
  const home = { weddingId, householdId, eventIds };
  const { guestId } = await seedGuest(db.admin, { ...home, firstName: 'Ana' });
  const rui = await seedGuest(db.admin, { ...home, firstName: 'Rui' });
  await seedGuest(db.admin, { ...home, firstName: 'Mia', ageGroup: 'child' });
  await seedGuest(db.admin, { ...home, firstName: '', lastName: '', plusOneOf: rui.guestId });
  await db.admin`
    insert into wedding.questions (wedding_id, id, prompt, kind, options, applies_to, position) values
      (${weddingId}, gen_random_uuid(), 'Which song gets you dancing?', 'text', '{}', 'household', 1),
      (${weddingId}, gen_random_uuid(), 'Fish or meat?', 'choice', ${['Fish', 'Meat']}, 'guest', 2),
      (${weddingId}, gen_random_uuid(), 'Do you need the bus?', 'yes_no', '{}', 'household', 3)`;
  const token = await linkTokenOf(db, { weddingId, householdId });
  const optOut = await seedUnsubscribeToken(db, { weddingId, guestId });
  return { url: `${site.url}/r/${token}`, unsubscribeUrl: `${site.url}/u/${optOut}`, weddingId };
}

describe.skipIf(reason)(`the answer page in a browser ${reason ?? ''}`, () => {
  beforeAll(async () => {
    site = await startTestSite(db);
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  it.each([
    [320, 'light'],
    [375, 'dark'],
    [1280, 'light'],
    [1280, 'dark'],
  ] as const)('fits %i px in %s and has no accessibility violation', async (width, colorScheme) => {
    const home = await household();
    const { page, context } = await openPage(browser, { width, colorScheme });
    const look = async () => {
      const overflow = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      expect(overflow).toBe(0);
      expect(await accessibilityViolations(page)).toEqual([]);
    };
    await page.goto(home.url);
    for (const summary of await page.locator('summary').all()) await summary.click();
    await look();
    await page.getByRole('button', { name: 'Yes, we will all be there' }).click();
    await page.waitForURL('**/done');
    await look();
    for (const url of [home.unsubscribeUrl, `${site.url}/r/${'E'.repeat(22)}`]) {
      await page.goto(url);
      await look();
    }
    await context.close();
  });

  it('is answered one by one without JavaScript, from the keyboard', async () => {
    const home = await household();
    const { page, context } = await openPage(browser, { width: 375, javaScriptEnabled: false });
    page.setDefaultTimeout(10_000);
    await page.goto(home.url);
    const group = page.getByRole('group', { name: 'Ana Almeida (Ceremony)' });
    await group.getByRole('radio', { name: 'Yes' }).focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowRight');
    expect(await group.getByRole('radio', { name: 'No', exact: true }).isChecked()).toBe(true);
    await page.getByLabel('First name').fill('Zoë');
    await page.getByRole('button', { name: 'Send our answers' }).click();
    await page.waitForURL('**/done');
    expect(await page.textContent('main')).toContain('Ana Almeida cannot come');
    await context.close();
  });

  it('keeps what was typed when the tab is reloaded, and forgets it once it is saved', async () => {
    const home = await household();
    const { page, context } = await openPage(browser, { width: 375 });
    page.setDefaultTimeout(10_000);
    await page.goto(home.url);
    await page.getByLabel('Which song gets you dancing?').fill('Lovefool');
    await page
      .getByRole('group', { name: 'Ana Almeida (Ceremony)' })
      .getByRole('radio', { name: 'Yes' })
      .check();
    await page.reload();
    expect(await page.getByLabel('Which song gets you dancing?').inputValue()).toBe('Lovefool');
    expect(
      await page
        .getByRole('group', { name: 'Ana Almeida (Ceremony)' })
        .getByRole('radio', { name: 'Yes' })
        .isChecked(),
    ).toBe(true);
    await page.getByRole('button', { name: 'Send our answers' }).click();
    await page.waitForURL('**/done');
    expect(await page.evaluate('sessionStorage.length')).toBe(0);
    await context.close();
  });

  it('folds away food for who stays at home', async () => {
    const home = await household();
    const { page, context } = await openPage(browser, { width: 375 });
    page.setDefaultTimeout(10_000);
    await page.goto(home.url);
    const food = page.getByText('Food and comfort: Ana Almeida');
    expect(await food.isVisible()).toBe(true);
    for (const event of ['Ceremony', 'Dinner']) {
      await page
        .getByRole('group', { name: `Ana Almeida (${event})` })
        .getByRole('radio', { name: 'No', exact: true })
        .check();
    }
    expect(await food.isVisible()).toBe(false);
    await context.close();
  });
});
