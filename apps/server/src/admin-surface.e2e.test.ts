import { createHmac } from 'node:crypto';
import { newUuid } from '@wedsync/contracts/ids';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { missingPackage } from '@wedsync/platform/required-package';
import { accessibilityViolations, launchChromium, openPage } from '@wedsync/testing/chromium';
import { seedOrg } from '@wedsync/testing/factories/weddings';
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
const planner = {
  email: 'paul@example.com',
  name: 'Paul Plain',
  password: 'seven green umbrellas',
};

let stack: Stack;
let browser: Browser;
let secret = '';
let recoveryCode = '';
/** The steps of time that codes were used for: each is accepted once. */
let lastStep = 0;

/** A code of the authenticator app (RFC 6238: SHA-1, 30 s, six digits), never the same twice. */
async function nextCode(): Promise<string> {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0'));
  const bytes = bits.join('').match(/.{8}/g) ?? [];
  const key = Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
  const stepNow = () => Math.floor(Date.now() / 30_000);
  while (stepNow() <= lastStep) await new Promise((resolve) => setTimeout(resolve, 500));
  lastStep = stepNow();
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(lastStep));
  const digest = createHmac('sha1', key).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 0xf;
  return String((digest.readUInt32BE(offset) & 0x7fff_ffff) % 1_000_000).padStart(6, '0');
}

async function signIn(page: Page, account: typeof operator) {
  await page.goto(stack.adminUrl);
  await page.getByLabel('E-mail').fill(account.email);
  await page.getByLabel('Password').fill(account.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

async function enrol(page: Page) {
  await page.getByRole('button', { name: 'Set up an authenticator app' }).click();
  await page.getByLabel('Your password').fill(operator.password);
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('img', { name: /QR code/ }).waitFor();
  const shown = await page.getByText(/or type this key/).textContent();
  secret = (shown ?? '').split(':').at(-1)?.replace(/\s/g, '') ?? '';
  await page.getByLabel('Code from the app').fill(await nextCode());
  await page.getByRole('button', { name: 'Check the code' }).click();
  recoveryCode = (await page.getByRole('listitem').first().textContent()) ?? '';
  await page.getByText('I have kept them').click();
  await page.getByRole('button', { name: 'Go on' }).click();
}

const overview = (page: Page) => page.getByRole('heading', { name: 'Overview', level: 1 });

async function seedFailedJob() {
  await db.admin`
    insert into ops.outbox
      (id, job_name, queue, payload, state, attempts, last_error, finished_at, run_at)
    values (${newUuid()}, 'weddings.sweep-accounts', 'maintenance', '{"v":1}', 'failed', 5,
      'db.lock-timeout: busy', now(), now() + interval '1 hour')`;
}

describe.skipIf(reason)(`the operators’ surface in a browser ${reason ?? ''}`, () => {
  let page: Page;
  beforeAll(async () => {
    const accounts = openAuthDatabase({ url: db.url('auth'), max: 1 });
    await createAccount(accounts, { ...operator, isOperator: true });
    await createAccount(accounts, planner);
    await accounts.end();
    await seedOrg(db.admin, { name: 'Oak & Ivory', tier: 'free' });
    await seedFailedJob();
    stack = await startStack(db);
    const mail = 'Subject: You are invited\r\nContent-Type: text/html\r\n\r\n<p>Dear Ana</p>\r\n';
    await stack.mail.store.add(Buffer.from(mail), {
      from: 'us@example.com',
      to: ['ana@example.com'],
    });
    browser = await launchChromium();
    ({ page } = await openPage(browser));
    page.setDefaultTimeout(20_000);
  });
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  it('turns away who is no operator, in plain words', async () => {
    const { page: other, context } = await openPage(browser);
    await signIn(other, planner);
    await other.getByRole('heading', { name: 'This place is for operators' }).waitFor();
    expect(await accessibilityViolations(other)).toEqual([]);
    await context.close();
  });

  it('opens nothing to an operator before a second factor is set up', async () => {
    await signIn(page, operator);
    await page.getByRole('heading', { name: 'Protect your account' }).waitFor();
    await page.goto(`${stack.adminUrl}/users`);
    await page.getByRole('heading', { name: 'Protect your account' }).waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await enrol(page);
    await overview(page).waitFor();
  });

  it('asks for the code at the next sign-in', async () => {
    const { page: other, context } = await openPage(browser);
    await signIn(other, operator);
    await other.getByRole('heading', { name: 'One more step' }).waitFor();
    await other.getByLabel('Code from the app').fill('000000');
    await other.getByRole('button', { name: 'Go on' }).click();
    await other.getByText('This code is not right').waitFor();
    await other.getByLabel('Code from the app').fill(await nextCode());
    await other.getByRole('button', { name: 'Go on' }).click();
    await overview(other).waitFor();
    await context.close();
  });

  it('lets an operator without the phone in with a recovery code, once', async () => {
    const { page: other, context } = await openPage(browser, { width: 375 });
    const recover = async () => {
      await signIn(other, operator);
      await other.getByRole('button', { name: 'Use a recovery code instead' }).click();
      await other.getByLabel('Recovery code').fill(recoveryCode);
      await other.getByRole('button', { name: 'Go on' }).click();
    };
    await recover();
    await overview(other).waitFor();
    await other.context().clearCookies();
    await recover();
    await other.getByText('was already used').waitFor();
    expect(await accessibilityViolations(other)).toEqual([]);
    await context.close();
  });

  it.each([
    [320, 'light'],
    [1280, 'dark'],
  ] as const)(
    'fits %i px in %s on every page, without accessibility violations',
    async (width, scheme) => {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      const paths = ['/', '/services', '/queues', '/mail', '/database', '/schedules', '/outbox'];
      const messages = ['/sending', '/bounces', '/texts', '/findings', '/keys'];
      const accounts = ['/seating', '/organizations', '/users', '/operator-audit'];
      for (const path of [...paths, ...messages, ...accounts]) {
        await page.goto(stack.adminUrl + path);
        await page.getByRole('heading', { level: 1 }).waitFor();
        await expect.poll(() => page.getByRole('status', { name: /^Loading/ }).count()).toBe(0);
        const overflow =
          'document.documentElement.scrollWidth - document.documentElement.clientWidth';
        expect([path, await page.evaluate(overflow)]).toEqual([path, 0]);
        expect([path, await accessibilityViolations(page)]).toEqual([path, []]);
      }
    },
  );

  it('shows a caught mail without letting it run anything', async () => {
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.goto(`${stack.adminUrl}/mail`);
    await page.getByRole('link', { name: /You are invited/ }).click();
    const frame = page.locator('iframe');
    await frame.waitFor();
    expect(await frame.getAttribute('sandbox')).not.toMatch(/allow-(scripts|same-origin|forms)/);
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.getByRole('tab', { name: 'Raw' }).click();
    await page.getByText('Content-Type: text/html').waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
  });

  it('starts a failed job over by keyboard alone, and the log says who did', async () => {
    await page.goto(`${stack.adminUrl}/queues`);
    const details = page.getByRole('button', { name: /^Details of Sweep accounts/ });
    await details.focus();
    await page.keyboard.press('Enter');
    await page.getByText('db.lock-timeout: busy').last().waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Start over' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('The job starts over').waitFor();
    await page.goto(`${stack.adminUrl}/operator-audit`);
    await page.getByRole('rowheader', { name: 'Started “Sweep accounts” over' }).waitFor();
  });

  it('limits how fast a company sends, and lifts the limit again', async () => {
    await page.goto(`${stack.adminUrl}/sending`);
    await page.getByRole('button', { name: 'Set a limit…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: /Of$/ }).click();
    await page.getByRole('option', { name: /Oak & Ivory/ }).click();
    await dialog.getByRole('textbox', { name: 'Messages a second' }).fill('7');
    expect(await accessibilityViolations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Set', exact: true }).click();
    await page.getByRole('button', { name: 'Change the limit of Oak & Ivory' }).click();
    await page.getByRole('button', { name: 'Lift the limit' }).click();
    await page.getByText('No limit is set').waitFor();
    await page.goto(`${stack.adminUrl}/operator-audit`);
    await page.getByText(/from 7 a second to no limit/).waitFor();
  });

  it('moves a company to another plan and closes an account', async () => {
    await page.goto(`${stack.adminUrl}/organizations`);
    await page.getByRole('button', { name: 'Open Oak & Ivory' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: /Studio/ }).check({ force: true });
    await dialog.getByRole('button', { name: 'Change the plan' }).click();
    await page.getByText('Oak & Ivory is on Studio now').waitFor();
    await page.goto(`${stack.adminUrl}/users`);
    await page.getByLabel('Search name or address').fill('paul');
    await page.getByRole('button', { name: 'Open Paul Plain' }).click();
    await page.getByRole('button', { name: 'Close account' }).click();
    const question = page.getByRole('alertdialog');
    await question.waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await question.getByRole('button', { name: 'Close account' }).click();
    await page.getByText('The account of Paul Plain is closed').waitFor();
    const { page: other, context } = await openPage(browser);
    await signIn(other, planner);
    await other.getByRole('alert').waitFor();
    await context.close();
  });
});
