import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { envShape } from '@wedsync/platform/env-schema';
import { describe, expect, it } from 'vitest';
import { commandLoaders } from './commands.ts';

// Somebody reads these at night: every command in them is tried here.
const db = await createTestDatabase();
const folder = fileURLToPath(new URL('../../../docs/runbooks/', import.meta.url));
const runbooks = readdirSync(folder).map((name) => ({
  name,
  text: readFileSync(`${folder}${name}`, 'utf8'),
}));

const nobody = '00000000-0000-7000-8000-000000000000';
const filledIn = (statement: string) =>
  statement.replaceAll(/<(from|to)>/g, '2026-11-20 12:00').replaceAll(/<[a-z -]+>/g, nobody);

const statementsOf = (text: string) =>
  [...text.matchAll(/```sql\n([\s\S]*?)```/g), ...text.matchAll(/`((?:select|delete) [^`]+)`/g)]
    .flatMap(([, block = '']) => block.split(/;\s*(?:\n|$)/))
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');

/** Rows of tenants are hidden from every login but the administrator's. */
const loginFor = (statement: string) => (/\bwedding\./.test(statement) ? 'admin' : 'monitor');

const onlyTried = new Error('only tried');
async function tryOut(statement: string): Promise<void> {
  if (loginFor(statement) === 'monitor') {
    await db.admin.begin(async (sql) => {
      await sql`set local role wedsync_monitor`;
      await sql.unsafe(filledIn(statement));
    });
    return;
  }
  await db.admin
    .begin(async (sql) => {
      await sql.unsafe(filledIn(statement));
      throw onlyTried;
    })
    .catch((error: unknown) => {
      if (error !== onlyTried) throw error;
    });
}

const commandsOf = (text: string) => [
  ...text.matchAll(/pnpm wedsync ([a-z ]+[a-z])((?: --[a-z-]+(?: <[a-z]+>| [a-z]+)?)*)/g),
];

describe('the runbooks', () => {
  it.each(runbooks.filter(({ text }) => statementsOf(text).length > 0))(
    '$name holds SQL that runs, as the login that it names',
    async ({ text }) => {
      for (const statement of statementsOf(text)) {
        await expect(tryOut(statement), statement).resolves.not.toThrow();
      }
    },
  );

  it.each(runbooks.filter(({ text }) => commandsOf(text).length > 0))(
    '$name names commands and options that exist',
    async ({ text }) => {
      for (const [whole, words = '', options = ''] of commandsOf(text)) {
        const name = Object.keys(commandLoaders).find((one) => words.startsWith(one));
        const command = name === undefined ? undefined : await commandLoaders[name]?.();
        expect(command, whole).toBeDefined();
        for (const [, option = ''] of options.matchAll(/--([a-z-]+)/g)) {
          expect(command?.help(), whole).toContain(`--${option}`);
        }
      }
    },
  );

  it.each(runbooks)('$name names settings that exist', ({ text }) => {
    const families =
      /`((?:SMTP|SMS|MAIL|DKIM|BOUNCE|INBOUND|WEBHOOK|MASTER|LINK|WORKER|DATABASE|REDIS)_[A-Z_]+)`/g;
    const named = [...text.matchAll(families)].map(([, key = '']) => key);
    expect(named.filter((key) => !(key in envShape))).toEqual([]);
  });
});
