import { WeddingId } from '@wedsync/contracts/ids';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { missingPackage } from '@wedsync/platform/required-package';
import { accessibilityViolations, launchChromium, openPage } from '@wedsync/testing/chromium';
import { seedGuest } from '@wedsync/testing/factories/guests';
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

let stack: Stack;
let browser: Browser;
let page: Page;
let weddingUrl = '';
let orgId = '';
let guestId = '';

async function signIn(): Promise<void> {
  page.setDefaultTimeout(20_000);
  await page.goto(`${stack.webUrl}/sign-in`);
  await page.getByLabel('E-mail').fill(planner.email);
  await page.getByLabel('Password').fill(planner.password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Weddings', level: 1 }).waitFor();
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
  const wedding = await seedWedding(db.admin);
  orgId = wedding.orgId;
  await db.admin`
    insert into wedding.org_members (org_id, user_id, role)
    values (${orgId}, ${userId}, 'owner')`;
  ({ guestId } = await seedGuest(db.admin, {
    ...{ weddingId: wedding.weddingId, firstName: 'Aaron', lastName: 'Aalto' },
    ...{ email: 'aaron@example.com', phone: '+351912345678' },
  }));
  return wedding.weddingId;
}

const openGuest = async (tab: string) => {
  await page.goto(`${weddingUrl}/guests?guest=${guestId}`);
  await page.getByRole('tab', { name: tab }).click();
};

const mailTo = (address: string) =>
  stack.mail.store.list({ limit: 20 }).items.filter(({ to }) => to.includes(address));

/** A message by text that stands before its check. */
async function draftText(title: string): Promise<void> {
  await page.goto(`${weddingUrl}/messages`);
  await page.getByRole('button', { name: 'Write a message' }).click();
  await page.getByRole('dialog').getByLabel('Title').fill(title);
  await page.getByRole('button', { name: 'Start writing' }).click();
  await page.getByText('To those who agreed to text messages').click();
  await page.getByLabel('Text', { exact: true }).fill('The bus leaves at two.');
  await page.getByRole('button', { name: 'Check and send…' }).click();
  await page.getByRole('heading', { name: 'Check and send' }).waitFor();
}

describe.skipIf(reason)(`writing to one guest ${reason ?? ''}`, () => {
  beforeAll(async () => {
    const weddingId = await seed();
    stack = await startStack(db);
    weddingUrl = `${stack.webUrl}/weddings/${weddingId}`;
    browser = await launchChromium();
    ({ page } = await openPage(browser));
    await signIn();
  });
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  it('shows it as the guest reads it, sends it at once and says what became of it', async () => {
    await openGuest('Messages');
    await page.getByRole('button', { name: 'Write to this guest…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Write to Aaron Aalto' });
    await dialog.getByLabel('Subject').fill('The bus');
    await dialog
      .getByLabel('Text', { exact: true })
      .fill('Dear {{ first_name }}, it leaves at two.');
    await page.frameLocator('iframe').getByText('Dear Aaron, it leaves at two.').waitFor();
    await expectClean('write to one');
    await dialog.getByRole('button', { name: 'Send it now' }).click();
    await page.getByText('To aaron@example.com').waitFor();
    await expectClean('what became of it');
    expect(mailTo('aaron@example.com')).toHaveLength(1);
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('link', { name: 'To Aaron Aalto' }).waitFor();
  });

  it('tells why nothing left: the address is stopped, and then no longer', async () => {
    await openGuest('Privacy');
    await page.getByRole('button', { name: 'Write no more…' }).click();
    const stop = page.getByRole('dialog', { name: 'Write to Aaron Aalto no more?' });
    await stop.getByLabel('Why').fill('Asked on the telephone');
    await expectClean('stop');
    await stop.getByRole('button', { name: 'Write no more' }).click();
    await page.getByText('E-mail: entered by a planner').waitFor();
    await expectClean('stopped');

    await page.getByRole('tab', { name: 'Messages' }).click();
    await page.getByRole('button', { name: 'Write to this guest…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Write to Aaron Aalto' });
    await dialog.getByLabel('Subject').fill('Once more');
    await dialog.getByLabel('Text', { exact: true }).fill('Are you coming?');
    await dialog.getByRole('button', { name: 'Send it now' }).click();
    // The list behind says the same, once it has heard of it.
    const reason = 'Does not want messages, or the address bounced before';
    await page.getByText(reason, { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Done' }).click();
    expect(mailTo('aaron@example.com')).toHaveLength(1);

    await page.getByRole('tab', { name: 'Privacy' }).click();
    await page.getByRole('button', { name: 'Write again…' }).click();
    const lift = page.getByRole('dialog', { name: 'Write to this address again?' });
    await lift.getByLabel('Why').fill('Changed their mind, said so on the telephone');
    await expectClean('lift');
    await lift.getByRole('button', { name: 'Write again' }).click();
    await page.getByText('No address of this guest is stopped.').waitFor();
  });

  it('tests a text on a telephone, and says that no price is known', async () => {
    await openGuest('Privacy');
    await page.getByRole('button', { name: 'Write down what the guest said…' }).click();
    await page.getByRole('button', { name: 'Write it down' }).click();
    await page.getByText('Agreed by word of mouth').waitFor();
    await draftText('The bus');
    await page.getByText(/No price is known for 1 text/).waitFor();
    await expectClean('check of a text');
    await page.getByRole('button', { name: 'Send me a test…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Send me a test' });
    await dialog.getByLabel('Your mobile number').fill('+351936000001');
    await expectClean('test by text');
    await dialog.getByRole('button', { name: 'Send the test' }).click();
    await page.getByText('The test is in the simulator of this machine').waitFor();
    const texts = stack.sms.store.list({ limit: 10 }).items;
    expect(texts.map(({ to, text }) => [to, text])).toEqual([
      ['+351936000001', '[Test] The bus leaves at two.'],
    ]);
  });

  it('adds up in the reports of the wedding and of the company', async () => {
    await page.goto(`${weddingUrl}/message-report`);
    await page.getByRole('table', { name: 'By channel' }).waitFor();
    await page.getByText('Why somebody got nothing').waitFor();
    await expectClean('report');
    await page.goto(`${stack.webUrl}/organizations/${orgId}`);
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Messages of all weddings as CSV' }).click(),
    ]);
    expect(file.suggestedFilename()).toBe('messages-of-all-weddings.csv');
    await expectClean('company');
  });

  it('ends with an erased guest who says so and is not written to', async () => {
    await openGuest('Privacy');
    await page.getByRole('button', { name: 'Erase for good…' }).click();
    const question = page.getByRole('alertdialog');
    await question.getByRole('textbox').fill('erase');
    await question.getByRole('button', { name: 'Erase' }).click();
    await page.getByText('The guest is erased').waitFor();
    await page.getByText('Erased', { exact: true }).first().waitFor();
    await openGuest('Details');
    await page.getByText('This guest was erased').waitFor();
    await expectClean('erased guest');
    await page.getByRole('tab', { name: 'Messages' }).click();
    await page.getByRole('link', { name: 'To Aaron Aalto' }).first().waitFor();
    expect(await page.getByRole('button', { name: 'Write to this guest…' }).count()).toBe(0);
  });
});

describe.skipIf(reason)(`texts without a provider ${reason ?? ''}`, () => {
  beforeAll(async () => {
    const weddingId = WeddingId.parse(weddingUrl.split('/').at(-1));
    await seedGuest(db.admin, { weddingId, firstName: 'Berta', phone: '+351912345679' });
    stack = await startStack(db, { SMS_URL: undefined, SMS_FROM: undefined });
    weddingUrl = `${stack.webUrl}${new URL(weddingUrl).pathname}`;
    browser = await launchChromium();
    ({ page } = await openPage(browser));
    await signIn();
  });
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  it('cannot be sent or planned, and the check says what to do', async () => {
    await page.goto(`${weddingUrl}/messages`);
    await page.getByRole('link', { name: 'The bus' }).first().click();
    await page.getByRole('button', { name: 'Check and send…' }).click();
    await page.getByText('Text messages cannot leave').waitFor();
    await page.getByText(/ask whoever runs WedSync here/).waitFor();
    expect(await page.getByRole('button', { name: 'Send later…' }).isDisabled()).toBe(true);
    expect(await page.getByRole('button', { name: /^Send \d+ texts?…/ }).isDisabled()).toBe(true);
    await expectClean('no provider');
  });
});
