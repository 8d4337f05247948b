import { createHmac } from 'node:crypto';
import { newUuid, type WeddingId } from '@wedsync/contracts/ids';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { missingPackage } from '@wedsync/platform/required-package';
import { accessibilityViolations, launchChromium, openPage } from '@wedsync/testing/chromium';
import { seedGuests } from '@wedsync/testing/factories/guests';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { type Stack, startStack } from '@wedsync/testing/stack';
import { createAccount, openAuthDatabase } from '@wedsync/weddings/accounts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const reason = missingPackage('chromium');
const db = await createTestDatabase();
const operator = {
  email: 'olga@example.com',
  name: 'Olga Marsh',
  password: 'seven green umbrellas',
};

let stack: Stack;
let browser: Browser;
let page: Page;
let weddingId: WeddingId;

/** RFC 6238 with SHA-1, 30 s and six digits. */
function codeOf(secret: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0'));
  const bytes = bits.join('').match(/.{8}/g) ?? [];
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const key = Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
  const digest = createHmac('sha1', key).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 0xf;
  return String((digest.readUInt32BE(offset) & 0x7fff_ffff) % 1_000_000).padStart(6, '0');
}

async function signIn(): Promise<void> {
  page.setDefaultTimeout(20_000);
  await page.goto(stack.adminUrl);
  await page.getByLabel('E-mail').fill(operator.email);
  await page.getByLabel('Password').fill(operator.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: 'Set up an authenticator app' }).click();
  await page.getByLabel('Your password').fill(operator.password);
  await page.getByRole('button', { name: 'Go on' }).click();
  const shown = await page.getByText(/or type this key/).textContent();
  const secret = (shown ?? '').split(':').at(-1)?.replace(/\s/g, '') ?? '';
  await page.getByLabel('Code from the app').fill(codeOf(secret));
  await page.getByRole('button', { name: 'Check the code' }).click();
  await page.getByText('I have kept them').click();
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
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

describe.skipIf(reason)(`what operators do about messages ${reason ?? ''}`, () => {
  beforeAll(async () => {
    const accounts = openAuthDatabase({ url: db.url('auth'), max: 1 });
    await createAccount(accounts, { ...operator, isOperator: true });
    await accounts.end();
    ({ weddingId } = await seedWedding(db.admin));
    await seedGuests(db.admin, { weddingId, count: 40 });
    await db.admin`
      insert into ops.integrity_findings
        (id, fingerprint, check_name, severity, wedding_id, details)
      values (${newUuid()}, sha256('this finding'), 'ledger.orphan_event', 'warning', ${weddingId}, '{"count": 3}')`;
    stack = await startStack(db);
    await stack.sms.store.add({
      ...{ direction: 'to_guest', from: '+12025550100', to: '+351912345678' },
      ...{ text: 'The bus leaves at two.', segments: 1, encoding: 'gsm7', status: 'delivered' },
      ...{ key: null, reference: null, isReported: true },
    });
    browser = await launchChromium();
    ({ page } = await openPage(browser));
    await signIn();
  });
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  it('answer a simulated text as its reader, and empty the simulator', async () => {
    await page.goto(`${stack.adminUrl}/texts`);
    await page.getByRole('button', { name: 'Answer as the guest…' }).click();
    await page.getByRole('textbox', { name: 'Answer' }).fill('Where do we park?');
    await expectClean('answering a text');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByText('Where do we park?').waitFor();
    await page.getByRole('button', { name: 'Delete all' }).click();
    const question = page.getByRole('alertdialog');
    await question.getByText('Delete 2 simulated texts?').waitFor();
    await expectClean('emptying the simulator');
    await question.getByRole('button', { name: 'Delete all' }).click();
    await page.getByText('No text yet').waitFor();
    expect(stack.sms.store.count()).toBe(0);
  });

  it('give a company a number, take it away and give it back', async () => {
    await page.goto(`${stack.adminUrl}/texts/numbers`);
    await page.getByRole('button', { name: 'Give a number…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: 'Company' }).click();
    await page.getByRole('option').first().click();
    await dialog.getByLabel('Number').fill('912');
    await dialog.getByRole('button', { name: 'Give it' }).click();
    await dialog.getByText(/with its country code, for example/).waitFor();
    await expectClean('a number that is none');
    await dialog.getByLabel('Number').fill('+1 (202) 555-0199');
    await dialog.getByRole('button', { name: 'Give it' }).click();
    await page.getByText('+12025550199').waitFor();
    await expectClean('numbers');
    await page.getByRole('button', { name: /^Take away \+12025550199/ }).click();
    await page.getByText('No company has a number of its own').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('+12025550199').waitFor();
  });

  it('import a price list, see what cannot be read, and change one price', async () => {
    await page.goto(`${stack.adminUrl}/texts/prices`);
    await page.getByText('No price is known').waitFor();
    await page.getByRole('button', { name: 'Import a list…' }).click();
    await page.locator('input[type=file]').setInputFiles({
      name: 'prices.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('country,price,currency\nPT,0.0415,EUR\nUS,0.0079,USD\nFR,free,EUR\n'),
    });
    await page.getByText('“free” is no price').waitFor();
    await expectClean('a price list');
    await page.getByRole('button', { name: 'Use 2 prices' }).click();
    await page.getByRole('button', { name: 'Change the price for Portugal' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Price of one segment' }).fill('0.05');
    await expectClean('one price');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText('€0.05').waitFor();
    await expectClean('prices');
    const rows = await db.admin`
      select country, micros_per_segment::int as micros from ops.sms_prices order by country`;
    expect(rows).toMatchObject([
      { country: 'PT', micros: 50_000 },
      { country: 'US', micros: 7_900 },
    ]);
  });

  it('replace the key of a wedding and watch it being done', async () => {
    await page.goto(`${stack.adminUrl}/keys`);
    await page.getByRole('button', { name: `Replace the key of wedding ${weddingId}` }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Replace' }).click();
    await page.getByText('Being replaced now').waitFor();
    await page.getByText('all wrapped anew').waitFor();
    await expectClean('a rotation');
    // The grace of half a minute is over: the old key is gone, and the card with it.
    await expect
      .poll(() => page.getByText('Being replaced now').count(), { timeout: 60_000 })
      .toBe(0);
    const keys = await db.admin`
      select state from ops.encryption_keys
      where wedding_id = ${weddingId} and purpose = 'wrap' order by created_at`;
    expect(keys).toMatchObject([{ state: 'destroyed' }, { state: 'active' }]);
  }, 120_000);

  it('accept a finding with a reason that is kept', async () => {
    await page.goto(`${stack.adminUrl}/findings`);
    await page.getByRole('button', { name: /^Accept:/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Accept this finding?' });
    await dialog.getByLabel('Why it may stay').fill('Known since the import of May');
    await expectClean('accepting a finding');
    await dialog.getByRole('button', { name: 'Accept', exact: true }).click();
    await page.getByText('Everything adds up.').waitFor();
    await page.getByRole('radio', { name: 'Accepted' }).check({ force: true });
    await page.getByText('Known since the import of May').waitFor();
  });
});
