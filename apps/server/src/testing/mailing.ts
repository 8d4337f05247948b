import type { TestDatabase } from '@wedsync/db/testing/database';
import type { MailStore } from '@wedsync/platform/embedded/mail-catcher';
import { seedMessage } from '@wedsync/testing/factories/communications';
import { sealGuests } from '@wedsync/testing/factories/sealed-guests';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { createAccount, openAuthDatabase } from '@wedsync/weddings/accounts';

/** Whoever signs in as the planner of a mailing. */
export const plannerPassword = 'seven green umbrellas';

const addressOf = (name: string) => `${name.toLowerCase().replace(' ', '')}@example.com`;

/** A draft to guests who each have an address of their own, in a wedding of `email`'s company. */
export async function seedMailing(db: TestDatabase, email: string, guests: number) {
  const accounts = openAuthDatabase({ url: db.url('auth'), max: 1 });
  const userId = await createAccount(accounts, { email, name: 'Ines', password: plannerPassword });
  await accounts.end();
  const { orgId, weddingId } = await seedWedding(db.admin);
  await db.admin`
    insert into wedding.org_members (org_id, user_id, role) values (${orgId}, ${userId}, 'owner')`;
  const people = await db.admin<{ id: string; name: string }[]>`
    with homes as (
      insert into wedding.households (wedding_id, id, name)
      select ${weddingId}, gen_random_uuid(), 'Household ' || n from generate_series(1, ${guests}) n
      returning id, name
    )
    insert into wedding.guests (wedding_id, id, household_id, first_name)
    select ${weddingId}, gen_random_uuid(), id, name from homes
    returning id, first_name as name`;
  await sealGuests(
    db.admin,
    { weddingId },
    people.map(({ id, name }) => ({ id, email: addressOf(name) })),
  );
  return { weddingId, messageId: await seedMessage(db.admin, { weddingId }) };
}

/** How many e-mails each address got. */
export function mailsByAddress(store: MailStore): Map<string, number> {
  const times = new Map<string, number>();
  let after: string | undefined;
  do {
    const page = store.list({ limit: 100, ...(after ? { after } : {}) });
    for (const address of page.items.flatMap(({ to }) => to)) {
      times.set(address, (times.get(address) ?? 0) + 1);
    }
    after = page.next;
  } while (after);
  return times;
}

/** What the ledger says of a message, held against the e-mails that went out. */
export async function reconcile(db: TestDatabase, messageId: string, store: MailStore) {
  const [message] = await db.admin`select state from wedding.messages where id = ${messageId}`;
  const deliveries = await db.admin<{ name: string; state: string }[]>`
    select g.first_name as name, d.state from wedding.deliveries d
    join wedding.guests g on g.wedding_id = d.wedding_id and g.id = d.guest_id
    where d.message_id = ${messageId}`;
  const rows = deliveries.map(({ name, state }) => ({ address: addressOf(name), state }));
  const times = mailsByAddress(store);
  const inState = (state: string) => rows.filter((row) => row.state === state);
  return {
    state: message?.state,
    audience: rows.length,
    sent: inState('sent').length,
    inDoubt: inState('in_doubt').length,
    sentButNotOnce: inState('sent').filter(({ address }) => times.get(address) !== 1),
    twice: [...times].filter(([, count]) => count > 1),
  };
}
