import { isDomainError } from '@wedsync/contracts/errors';
import { toDomainError } from '@wedsync/db/pg-errors';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import type { ServiceContext } from '@wedsync/service/context';
import { userContext } from '@wedsync/testing/contexts';
import {
  seedOrg,
  seedOrgMember,
  seedUser,
  seedWedding,
  seedWeddingMember,
} from '@wedsync/testing/factories/weddings';
import { describe, expect, it } from 'vitest';
import {
  archiveWedding,
  createOrganization,
  createWedding,
  getWedding,
  listAudit,
  listOrganizations,
  listWeddings,
  updateOrganization,
  updateWedding,
} from './index.ts';

const db = await createTestDatabase();

/** The domain error a call fails with, as the edge would see it. */
async function failure(call: Promise<unknown>) {
  try {
    await call;
  } catch (error) {
    return toDomainError(error);
  }
  throw new Error('it did not fail');
}

const wedding = { title: 'Ana & Tom', partnerAName: 'Ana', timeZone: 'Europe/Lisbon' };
const auditOf = (ctx: ServiceContext, action: string) =>
  db.admin<{ before: unknown; after: unknown; actor_id: string }[]>`
    select before, after, actor_id from wedding.audit_log
    where org_id = ${ctx.orgId ?? ''} and action = ${action}`;

describe('a planner company', () => {
  it('belongs to whoever opens it, on the smallest tier', async () => {
    const { userId } = await seedUser(db.admin);
    const ctx = userContext(db.app, { userId, access: {} });
    const org = await createOrganization(ctx, { name: 'Fairlight' });
    expect(org).toMatchObject({ name: 'Fairlight', tier: 'free', limits: { weddings: 3 } });
    expect(await listOrganizations(ctx)).toEqual([
      { orgId: org.id, name: 'Fairlight', tier: 'free', role: 'owner', weddings: 0 },
    ]);
    const [audit] = await auditOf({ ...ctx, orgId: org.id }, 'organizations.create');
    expect(audit?.actor_id).toBe(userId);
  });

  it('cannot give itself a larger tier', async () => {
    const { orgId, ownerId } = await seedOrg(db.admin, { tier: 'free' });
    const claims = { actorKind: 'user' as const, userId: ownerId, orgId };
    const error = await failure(
      db.app.write(claims, (tx) =>
        tx.execute(`update wedding.organizations set tier = 'enterprise' where id = '${orgId}'`),
      ),
    );
    expect(error.kind).toBe('forbidden');
  });

  it('is changed by its owner, once per version', async () => {
    const { orgId, ownerId } = await seedOrg(db.admin);
    const ctx = userContext(db.app, { userId: ownerId, orgId });
    const changed = await updateOrganization(ctx, { version: 1, patch: { name: 'New name' } });
    expect(changed).toMatchObject({ name: 'New name', version: 2 });
    const stale = await failure(updateOrganization(ctx, { version: 1, patch: { name: 'Other' } }));
    expect(stale).toMatchObject({ kind: 'conflict', details: { current: { name: 'New name' } } });
    expect(await auditOf(ctx, 'organizations.update')).toMatchObject([
      { before: { name: 'Fairlight Weddings' }, after: { name: 'New name' } },
    ]);
  });

  it('lets nobody but its owner change it', async () => {
    const { orgId } = await seedOrg(db.admin);
    const userId = await seedOrgMember(db.admin, { orgId, role: 'planner' });
    const ctx = userContext(db.app, { userId, orgId, access: { orgRole: 'planner' } });
    const error = await failure(updateOrganization(ctx, { version: 1, patch: { name: 'Mine' } }));
    expect(error.kind).toBe('forbidden');
  });

  it('refuses an address that is none', async () => {
    const { orgId, ownerId } = await seedOrg(db.admin);
    const ctx = userContext(db.app, { userId: ownerId, orgId });
    const error = await failure(
      updateOrganization(ctx, { version: 1, patch: { replyToEmail: 'nonsense' } }),
    );
    expect(error).toMatchObject({ kind: 'invalid', code: 'service.invalid-input' });
  });
});

describe('a wedding', () => {
  it('is created with its history and its place in the feed', async () => {
    const { orgId, ownerId } = await seedOrg(db.admin);
    const ctx = userContext(db.app, { userId: ownerId, orgId });
    const created = await createWedding(ctx, { ...wedding, date: '2027-06-12' });
    expect(created).toMatchObject({ orgId, title: 'Ana & Tom', currency: 'EUR', version: 1 });
    const inside = userContext(db.app, { userId: ownerId, orgId, weddingId: created.id });
    expect((await listAudit(inside, {})).items).toMatchObject([
      { action: 'weddings.create', actorId: ownerId, actorName: 'Ines Planner' },
    ]);
    const feed =
      await db.admin`select seq, kind from wedding.changes where wedding_id = ${created.id}`;
    expect(feed).toMatchObject([{ seq: '1', kind: 'created' }]);
  });

  it('is not created by assistants', async () => {
    const { orgId } = await seedOrg(db.admin);
    const userId = await seedOrgMember(db.admin, { orgId, role: 'assistant' });
    const ctx = userContext(db.app, { userId, orgId, access: { orgRole: 'assistant' } });
    expect((await failure(createWedding(ctx, wedding))).kind).toBe('forbidden');
  });

  it('needs a time zone that exists', async () => {
    const { orgId, ownerId } = await seedOrg(db.admin);
    const ctx = userContext(db.app, { userId: ownerId, orgId });
    const error = await failure(createWedding(ctx, { ...wedding, timeZone: 'Mars/Olympus' }));
    expect(error.message).toContain('time zone');
  });

  it('gives the loser of a race the row that won', async () => {
    const { orgId, weddingId, ownerId } = await seedWedding(db.admin);
    const ctx = userContext(db.app, { userId: ownerId, orgId, weddingId });
    const results = await Promise.allSettled(
      ['Lisbon', 'Porto'].map((venue) => updateWedding(ctx, { version: 1, patch: { venue } })),
    );
    const [lost] = results.filter((result) => result.status === 'rejected');
    const [won] = results.filter((result) => result.status === 'fulfilled');
    expect(lost && isDomainError(lost.reason) && lost.reason.details.current).toEqual(won?.value);
    expect(await auditOf(ctx, 'weddings.update')).toHaveLength(1);
  });

  it('changes nothing and records nothing when nothing differs', async () => {
    const { orgId, weddingId, ownerId } = await seedWedding(db.admin);
    const ctx = userContext(db.app, { userId: ownerId, orgId, weddingId });
    const same = await updateWedding(ctx, { version: 1, patch: { title: 'Ana & Tom' } });
    expect(same.version).toBe(1);
    expect(await auditOf(ctx, 'weddings.update')).toHaveLength(0);
  });

  it('is out of reach of another company', async () => {
    const mine = await seedWedding(db.admin);
    const theirs = await seedWedding(db.admin);
    const ctx = userContext(db.app, {
      userId: mine.ownerId,
      orgId: mine.orgId,
      weddingId: mine.weddingId,
    });
    // Even a context that names the wrong wedding sees nothing: the claims decide.
    const crossed = { ...ctx, weddingId: theirs.weddingId };
    expect((await failure(getWedding(crossed))).kind).toBe('not-found');
    const patch = { title: 'Taken' };
    expect((await failure(updateWedding(crossed, { version: 1, patch }))).kind).toBe('not-found');
  });

  it('is read by those it is shared with, and changed by those who may', async () => {
    const { orgId, weddingId } = await seedWedding(db.admin);
    const userId = await seedWeddingMember(db.admin, { orgId, weddingId, role: 'viewer' });
    const access = { weddingRole: 'viewer' as const };
    const ctx = userContext(db.app, { userId, orgId, weddingId, access });
    expect((await getWedding(ctx)).events.map(({ kind }) => kind)).toEqual(['ceremony', 'dinner']);
    const error = await failure(updateWedding(ctx, { version: 1, patch: { title: 'X' } }));
    expect(error.kind).toBe('forbidden');
  });

  it('leaves the list when it is archived and comes back', async () => {
    const { orgId, weddingId, ownerId } = await seedWedding(db.admin);
    const ctx = userContext(db.app, { userId: ownerId, orgId, weddingId });
    const archived = await archiveWedding(ctx, { version: 1, archived: true });
    expect(archived.archivedAt).not.toBeNull();
    expect(await listWeddings(ctx, {})).toEqual([]);
    expect(await listWeddings(ctx, { archived: true })).toMatchObject([{ weddingId }]);
    await archiveWedding(ctx, { version: 2, archived: false });
    expect(await listWeddings(ctx, {})).toMatchObject([{ weddingId, guests: 0, attending: 0 }]);
    expect((await failure(archiveWedding(ctx, { version: 1, archived: true }))).kind).toBe(
      'conflict',
    );
  });

  it('pages its history without a gap or a repetition', async () => {
    const { orgId, weddingId, ownerId } = await seedWedding(db.admin);
    const ctx = userContext(db.app, { userId: ownerId, orgId, weddingId });
    for (let version = 1; version <= 7; version++) {
      await updateWedding(ctx, { version, patch: { venue: `Venue ${version}` } });
    }
    const seen: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await listAudit(ctx, { limit: 3, cursor });
      seen.push(...page.items.map(({ id }) => id));
      if (!page.nextCursor) break;
      cursor = page.nextCursor;
    }
    expect(seen).toHaveLength(7);
    expect(new Set(seen).size).toBe(7);
    expect((await failure(listAudit(ctx, { cursor: 'nonsense' }))).kind).toBe('invalid');
  });
});

describe('the tier of a company', () => {
  it('allows so many weddings and no more, however many ask at once', async () => {
    const { orgId, ownerId } = await seedOrg(db.admin, { tier: 'free' });
    const ctx = userContext(db.app, { userId: ownerId, orgId });
    const results = await Promise.allSettled(
      Array.from({ length: 8 }, (_, index) =>
        createWedding(ctx, { ...wedding, title: `Wedding ${index}` }),
      ),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    const [refused] = results.filter((result) => result.status === 'rejected');
    const error = toDomainError(refused?.reason);
    expect(error).toMatchObject({ kind: 'limit', code: 'weddings.tier-limit' });
    expect(error.message).toBe(
      'The free plan allows 3 weddings. Archive or remove some, or ask for a larger plan.',
    );
  });

  it('makes room when a wedding is archived, and asks again when it comes back', async () => {
    const { orgId, ownerId } = await seedOrg(db.admin, { tier: 'free' });
    const ctx = userContext(db.app, { userId: ownerId, orgId });
    const created = [];
    for (const title of ['One', 'Two', 'Three']) {
      created.push(await createWedding(ctx, { ...wedding, title }));
    }
    const weddingId = created[0]?.id ?? '';
    const inside = userContext(db.app, { userId: ownerId, orgId, weddingId });
    await archiveWedding(inside, { version: 1, archived: true });
    await createWedding(ctx, { ...wedding, title: 'Four' });
    const error = await failure(archiveWedding(inside, { version: 2, archived: false }));
    expect(error.code).toBe('weddings.tier-limit');
  });
});
