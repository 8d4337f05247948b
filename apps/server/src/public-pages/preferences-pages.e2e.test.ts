import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { missingPackage } from '@wedsync/platform/required-package';
import { accessibilityViolations, launchChromium, openPage } from '@wedsync/testing/chromium';
import { seedSending } from '@wedsync/testing/factories/deliveries';
import { seedGuest } from '@wedsync/testing/factories/guests';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { linkTokenOf, startTestSite, type TestSite } from './test-site.ts';

const reason = missingPackage('chromium');
const db = await createTestDatabase();
let site: TestSite;
let browser: Browser;

async function household() {
  const { weddingId } = await seedWedding(db.admin, { rsvpDeadline: '2127-04-30' });
  const { guestId, householdId } = await seedGuest(db.admin, {
    weddingId,
    firstName: 'Ana',
    email: 'ana@example.com',
    phone: '+351912345678',
  });
  await seedGuest(db.admin, { weddingId, householdId, firstName: 'Rui' });
  await seedSending(db.admin, { weddingId, guestId });
  const token = await linkTokenOf(db, { weddingId, householdId });
  return { url: `${site.url}/r/${token}`, weddingId };
}

describe.skipIf(reason)(`the preference page in a browser ${reason ?? ''}`, () => {
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
    for (const url of [`${home.url}/preferences`, `${home.url}/preferences?saved=yes`]) {
      await page.goto(url);
      const overflow = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      expect(overflow).toBe(0);
      expect(await accessibilityViolations(page)).toEqual([]);
    }
    await context.close();
  });

  it('is found from the answer page and used without JavaScript, from the keyboard', async () => {
    const home = await household();
    const { page, context } = await openPage(browser, { width: 375, javaScriptEnabled: false });
    page.setDefaultTimeout(10_000);
    await page.goto(home.url);
    await page.getByRole('link', { name: 'Choose which messages you get' }).click();
    await page.waitForURL('**/preferences');
    const ana = page.getByRole('group', { name: 'Ana' });
    await ana.getByRole('checkbox', { name: 'E-mails about the wedding' }).focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Save' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/preferences?saved=yes');
    expect(await page.getByRole('status').textContent()).toContain('Saved.');
    expect(await ana.getByRole('checkbox').first().isChecked()).toBe(false);
    expect(await ana.getByRole('checkbox').last().isChecked()).toBe(true);
    const rows = await db.admin`
      select channel, status from wedding.consent_states
      where wedding_id = ${home.weddingId} and purpose = 'relationship' order by channel`;
    expect(rows).toEqual([
      { channel: 'email', status: 'withdrawn' },
      { channel: 'sms', status: 'granted' },
    ]);
    await context.close();
  });
});
