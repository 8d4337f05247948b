import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addDefaultTemplates } from '@wedsync/communications';
import {
  type EventId,
  type GuestId,
  newUuid,
  type OrgId,
  type UserId,
  type WeddingId,
} from '@wedsync/contracts/ids';
import type { CreateWedding } from '@wedsync/contracts/weddings';
import { createTenantDb, type TenantDb } from '@wedsync/db/client';
import { seedOrgMember, seedWeddingMember } from '@wedsync/db/seed/members';
import { applyImport, findGuests, inviteGuests, previewImport } from '@wedsync/guests';
import { createLogger } from '@wedsync/platform/log';
import { recordConsents } from '@wedsync/privacy';
import {
  type ContextScope,
  createContext,
  type ServiceContext,
  systemClock,
} from '@wedsync/service/context';
import { createKeyRing, type KeyRing } from '@wedsync/service/key-ring';
import { writeTx } from '@wedsync/service/transaction';
import { createEvent, createOrganization, createWedding } from '@wedsync/weddings';
import {
  type AuthDatabase,
  createAccount,
  listAccounts,
  openAuthDatabase,
} from '@wedsync/weddings/accounts';
import type { DatabaseAccess } from './database-access.ts';
import {
  type DemoAccount,
  type DemoPerson,
  demoAccount,
  demoAccountList,
} from './demo-accounts.ts';
import { seedDemoSeating } from './demo-seating.ts';
import { loginUrl } from './embedded-parts.ts';
import { checkoutRoot } from './installation.ts';

export interface DemoData {
  /** False when the data were there already. */
  created: boolean;
  accounts: readonly DemoAccount[];
}

/** The spreadsheet that a couple would really keep; 183 guests when imported. */
export const demoGuestList = join(checkoutRoot, 'packages/guests/fixtures/demo-guest-list.xlsx');

export const demoWedding: CreateWedding = {
  title: 'Beatriz & Edward',
  partnerAName: 'Beatriz Rocha',
  partnerBName: 'Edward Hale',
  date: '2027-06-12',
  timeZone: 'Europe/Lisbon',
  locale: 'en-GB',
  defaultCountry: 'PT',
  venue: 'Quinta da Bela Vista, Sintra',
  rsvpDeadline: '2027-04-30',
};

export const demoEvents = [
  {
    kind: 'ceremony',
    name: 'Ceremony',
    startsOn: '2027-06-12',
    startsAt: '15:00',
    venue: 'Capela de São Pedro',
  },
  {
    kind: 'dinner',
    name: 'Dinner',
    startsOn: '2027-06-12',
    startsAt: '18:30',
    endsAt: '02:00',
    venue: 'Quinta da Bela Vista',
  },
  {
    kind: 'brunch',
    name: 'Brunch',
    startsOn: '2027-06-13',
    startsAt: '11:00',
    venue: 'The orangery',
  },
] as const;

const secondWedding: CreateWedding = {
  title: 'Sofia & Daniel',
  partnerAName: 'Sofia Marques',
  partnerBName: 'Daniel Stein',
  date: '2027-09-04',
  timeZone: 'Europe/Berlin',
  defaultCountry: 'DE',
  venue: 'Gut Sarnow',
};

interface Place {
  db: TenantDb;
  keyRing: KeyRing;
}

/** Contexts of the seeding: the same verbs as the server's, in the planner's name. */
function contexts({ db, keyRing }: Place, userId: UserId) {
  const ground = {
    db,
    requestId: `seed-${newUuid()}`,
    log: createLogger({ service: 'cli', level: 'silent' }),
    clock: systemClock,
    signal: new AbortController().signal,
    // Nothing listens yet: the relay looks by itself when the worker starts.
    wake: { publish: async () => {}, subscribe: async () => async () => {}, close: async () => {} },
    keyRing,
  };
  return (scope: Omit<ContextScope, 'actor' | 'access'> = {}): ServiceContext =>
    createContext(ground, {
      actor: { kind: 'user', userId },
      ...(scope.orgId ? { access: { orgRole: 'owner' as const } } : {}),
      ...scope,
    });
}
type ContextOf = ReturnType<typeof contexts>;

async function importGuests(ctx: ServiceContext, eventIds: readonly string[]): Promise<void> {
  const content = (await readFile(demoGuestList)).toString('base64');
  const file = { fileName: 'guest list FINAL (3).xlsx', content };
  const { digest } = await previewImport(ctx, file);
  await applyImport(ctx, { ...file, digest });
  const { ids: guestIds } = await findGuests(ctx, {});
  for (const eventId of eventIds) await inviteGuests(ctx, { eventId, guestIds });
  await agreeToTexts(ctx, guestIds);
}

/** As if everybody had ticked it on the card of the save-the-date: without that nobody is texted. */
async function agreeToTexts(ctx: ServiceContext, guestIds: readonly GuestId[]): Promise<void> {
  const agreed = { channel: 'sms', status: 'granted', how: 'paper', proof: 'reply card' } as const;
  await writeTx(ctx, ({ tx }) =>
    recordConsents(
      ctx,
      tx,
      guestIds.map((guestId) => ({ guestId, ...agreed })),
    ),
  );
}

/** The first wedding is ready to be invited; the second one is just begun. */
async function createWeddings(contextOf: ContextOf, orgId: OrgId): Promise<WeddingId> {
  const { id: weddingId } = await createWedding(contextOf({ orgId }), demoWedding);
  const ctx = contextOf({ orgId, weddingId });
  const eventIds: EventId[] = [];
  for (const event of demoEvents) eventIds.push((await createEvent(ctx, event)).id);
  // Who comes to the brunch stands in the spreadsheet; everybody comes to the rest.
  await importGuests(ctx, eventIds.slice(0, 2));
  const dinnerId = eventIds[demoEvents.findIndex(({ kind }) => kind === 'dinner')];
  if (dinnerId) await seedDemoSeating(ctx, dinnerId);
  await addDefaultTemplates(ctx);
  await createWedding(contextOf({ orgId }), secondWedding);
  return weddingId;
}

async function createPeople(accounts: AuthDatabase) {
  const create = (person: DemoPerson) => {
    const { name, email, password } = demoAccount(person);
    return createAccount(accounts, { name, email, password, isOperator: person === 'operator' });
  };
  return {
    owner: await create('owner'),
    assistant: await create('assistant'),
    partner: await create('partner'),
    photographer: await create('photographer'),
    operator: await create('operator'),
  };
}

async function createEverything(accounts: AuthDatabase, place: Place): Promise<void> {
  const people = await createPeople(accounts);
  const contextOf = contexts(place, people.owner);
  const { id: orgId } = await createOrganization(contextOf(), {
    name: 'Fairlight Weddings',
    postalAddress: 'Rua da Prata 12, 1100-420 Lisboa, Portugal',
  });
  const weddingId = await createWeddings(contextOf, orgId);
  const claims = { actorKind: 'user', userId: people.owner, orgId, weddingId } as const;
  await place.db.write(claims, async (tx) => {
    await seedOrgMember(tx, { orgId, userId: people.assistant, role: 'assistant' });
    await seedWeddingMember(tx, { orgId, weddingId, userId: people.partner, role: 'partner' });
    const { photographer } = people;
    await seedWeddingMember(tx, { orgId, weddingId, userId: photographer, role: 'photographer' });
  });
}

/**
 * Fills an empty installation with the demo organization, through the verbs that people use, and
 * does nothing to one that has any account. What `npm start`, `npm run demo` and `wedsync seed` share.
 */
export async function seedDemoData(access: DatabaseAccess): Promise<DemoData> {
  const accounts = openAuthDatabase({ url: loginUrl(access, 'auth'), max: 2 });
  const db = createTenantDb({
    url: loginUrl(access, 'app'),
    max: 3,
    applicationName: 'wedsync-seed',
  });
  const keyRing = createKeyRing(access);
  try {
    const planner = demoAccount('owner').email;
    const [known] = await listAccounts(accounts, { search: planner, limit: 1 });
    if (known) return { created: false, accounts: demoAccountList };
    const [anybody] = await listAccounts(accounts, { search: '', limit: 1 });
    if (anybody) return { created: false, accounts: [] };
    await createEverything(accounts, { db, keyRing });
    return { created: true, accounts: demoAccountList };
  } finally {
    await Promise.all([accounts.end(), db.end()]);
  }
}
