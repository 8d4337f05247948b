import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { systemContext, userContext } from '@wedsync/testing/contexts';
import { seedMessage } from '@wedsync/testing/factories/communications';
import { seedGuest } from '@wedsync/testing/factories/guests';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { startSmtpSink } from '@wedsync/testing/smtp-sink';
import { afterAll, describe, expect, it } from 'vitest';
import { checkMessage } from './check-message.ts';
import { createMessage } from './create-message.ts';
import { listDeliveries } from './queries/deliveries.ts';
import { getGuestTimeline } from './queries/guest-timeline.ts';
import { getMessageChecks } from './queries/message-checks.ts';
import { preflightMessage } from './queries/preflight-message.ts';
import { listPreflightRecipients } from './queries/preflight-recipients.ts';
import { startMessageChecks } from './start-message-checks.ts';
import { createRig } from './testing/rig.ts';
import { worded } from './testing/wordings.ts';

const db = await createTestDatabase();
const sink = await startSmtpSink();
const rig = createRig(db, { smtpUrl: sink.url });
afterAll(async () => {
  await rig.close();
  await sink.stop();
  await db.drop();
});
const foreign = await seedWedding(db.admin);
const stranger = userContext(db.app, foreign);
const settings = { publicUrl: 'https://example.com', mailFrom: 'hello@mail.example.com' };

async function newPlace() {
  const place = await seedWedding(db.admin, { timeZone: 'Europe/Lisbon' });
  await db.admin`update wedding.organizations
    set postal_address = '1 Harbour Street, Lisbon', reply_to_email = 'team@example.com'
    where id = ${place.orgId}`;
  return { place, planner: userContext(db.app, { ...place, userId: place.ownerId }) };
}

describe('the pre-flight', () => {
  it('counts whom it reaches and whom it does not, by the rules that sending uses', async () => {
    const { place, planner } = await newPlace();
    const { weddingId } = place;
    const invited = { ...place, eventIds: place.eventIds };
    const home = await seedGuest(db.admin, {
      ...invited,
      firstName: 'Ana',
      email: 'ana@example.com',
    });
    await seedGuest(db.admin, { ...invited, householdId: home.householdId, firstName: 'Rui' });
    await seedGuest(db.admin, { weddingId, firstName: 'Eva', email: 'eva@example.com' });
    await seedGuest(db.admin, { weddingId, firstName: 'Lost' });
    await db.admin`update wedding.households set language = 'de-AT' where id = ${home.householdId}`;
    const { id } = await createMessage(planner, {
      title: 'Invitation',
      kind: 'invitation',
      wordings: [
        {
          language: 'en',
          subject: 'Wedding of {{ couple_names }}',
          body: 'Dear {{ first_name }}, welcome to our wedding and to these:\n\n{{ events }}\n\n{{ rsvp_link }}',
        },
        { language: 'de', subject: 'Hochzeit', body: 'Hallo {{ first_name }}\n\n{{ events }}' },
      ],
    });
    const preflight = await preflightMessage(planner, { id }, settings);
    expect(preflight).toMatchObject({
      guests: 4,
      households: 3,
      sends: 2,
      skips: [
        { reason: 'no_address', count: 1 },
        { reason: 'reached_through_household', count: 1 },
      ],
      missingFields: [{ field: 'events', guests: 1, example: 'Eva Almeida' }],
      sms: null,
      rate: { basis: 'assumed' },
      localTimes: [{ timeZone: 'Europe/Lisbon', guests: 2, quiet: false }],
      checks: null,
    });
    expect(preflight.languages).toEqual(
      expect.arrayContaining([
        { language: 'de-AT', count: 1, worded: true },
        { language: 'en', count: 1, worded: true },
      ]),
    );
    expect(preflight.warnings.map(({ code }) => code)).toEqual(['no-rsvp-link', 'missing-fields']);
    expect(preflight.compliance).toMatchObject({ binding: false, score: 100 });
    const finish = Date.parse(preflight.finishesAt ?? '') - Date.parse(preflight.startsAt);
    expect(finish).toBe(1_000);
  });

  it('lists the recipients one by one, page by page', async () => {
    const { place, planner } = await newPlace();
    const { weddingId } = place;
    const home = await seedGuest(db.admin, {
      weddingId,
      firstName: 'Ana',
      email: 'ana@example.com',
    });
    await seedGuest(db.admin, { weddingId, householdId: home.householdId, firstName: 'Rui' });
    for (let index = 0; index < 4; index++) {
      await seedGuest(db.admin, {
        weddingId,
        firstName: `G${index}`,
        email: `g${index}@example.com`,
      });
    }
    const { id } = await createMessage(planner, {
      title: 'x',
      ...worded({ body: 'Dear {{ names }} {{ events }}' }),
    });
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await listPreflightRecipients(planner, {
        id,
        limit: 2,
        ...(cursor ? { cursor } : {}),
      });
      seen.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toHaveLength(6);
    expect(new Set(seen).size).toBe(6);
    const { items: skips } = await listPreflightRecipients(planner, { id, show: 'skips' });
    expect(skips).toMatchObject([
      {
        name: 'Rui Almeida',
        state: 'skipped',
        reason: 'reached_through_household',
        carriedBy: 'Ana Almeida',
        address: null,
      },
    ]);
    const { items: missing } = await listPreflightRecipients(planner, { id, show: 'missing' });
    expect(missing[0]).toMatchObject({ missingFields: ['events'], language: 'en' });
    expect(missing.map(({ address }) => address)).toContain('ana@example.com');
  });

  it('counts the segments of texts and prices them', async () => {
    const { place, planner } = await newPlace();
    await seedGuest(db.admin, {
      ...place,
      firstName: 'Ana',
      phone: '+351912345678',
    });
    const { id } = await createMessage(planner, {
      title: 'Day',
      kind: 'day_of',
      channel: 'sms',
      wordings: [{ channel: 'sms', language: 'en', body: 'Hello {{ first_name }}' }],
    });
    const preflight = await preflightMessage(planner, { id }, settings);
    expect(preflight.sms).toMatchObject({ recipients: 0 });
    expect(preflight.skips).toEqual([{ reason: 'no_consent', count: 1 }]);
    expect(preflight.warnings[0]).toMatchObject({ code: 'nobody' });
    expect(preflight.compliance.binding).toBe(false);
  });

  it('says so where the law binds and the message does not keep it', async () => {
    const place = await seedWedding(db.admin);
    const planner = userContext(db.app, { ...place, userId: place.ownerId });
    await db.admin`update wedding.organizations set postal_address = '' where id = ${place.orgId}`;
    await seedGuest(db.admin, { ...place, email: 'buyer@example.com' });
    const { id } = await createMessage(planner, {
      title: 'Album',
      purpose: 'commercial',
      ...worded({ subject: 'BUY THE WEDDING ALBUM NOW!!!', body: 'x' }),
    });
    const { compliance, warnings } = await preflightMessage(planner, { id }, settings);
    expect(compliance.binding).toBe(true);
    expect(compliance.items.filter(({ passed }) => !passed).map(({ id: rule }) => rule)).toEqual([
      'postal-address',
      'identified',
      'subject',
      'match',
    ]);
    expect(warnings.map(({ code }) => code)).toContain('compliance');
  });

  it('shows nothing to viewers and strangers', async () => {
    const { place } = await newPlace();
    const id = await seedMessage(db.admin, place);
    const viewer = userContext(db.app, { ...place, access: { weddingRole: 'viewer' } });
    await expect(preflightMessage(viewer, { id }, settings)).rejects.toMatchObject({
      kind: 'forbidden',
    });
    await expect(preflightMessage(stranger, { id }, settings)).rejects.toMatchObject({
      kind: 'not-found',
    });
    await expect(listPreflightRecipients(stranger, { id })).rejects.toMatchObject({
      kind: 'not-found',
    });
    await expect(getMessageChecks(stranger, { id })).rejects.toMatchObject({ kind: 'not-found' });
    await expect(startMessageChecks(stranger, { id, version: 1 })).rejects.toMatchObject({
      kind: 'not-found',
    });
    await expect(startMessageChecks(viewer, { id, version: 1 })).rejects.toMatchObject({
      kind: 'forbidden',
    });
  });
});

describe('the checks that ask the network', () => {
  it('run as a job, whose result is read', async () => {
    const { place, planner } = await newPlace();
    const { id, version } = await createMessage(planner, {
      title: 'x',
      ...worded({ body: 'See https://gone.example/x and http://127.0.0.1/admin' }),
    });
    expect(await getMessageChecks(planner, { id })).toBeNull();
    await startMessageChecks(planner, { id, version });
    await startMessageChecks(planner, { id, version });
    const [jobs] = await db.admin`
      select count(*)::int as n from ops.outbox where payload ->> 'messageId' = ${id}`;
    expect(jobs).toEqual({ n: 1 });
    expect(await getMessageChecks(planner, { id })).toMatchObject({ state: 'running', version });
    const offline = async () => {
      throw Object.assign(new Error('offline'), { code: 'ECONNREFUSED' });
    };
    const lookup = ((_name: string, _options: object, done: (error: Error) => void) =>
      done(Object.assign(new Error('x'), { code: 'ENOTFOUND' }))) as never;
    const ref = { weddingId: place.weddingId, messageId: id };
    await checkMessage(systemContext(db.worker, place), ref, {
      deps: rig.deps,
      network: { resolver: offline, links: { lookup } },
    });
    expect(await getMessageChecks(planner, { id })).toMatchObject({
      state: 'done',
      links: [
        { url: 'https://gone.example/x', verdict: 'dead' },
        { url: 'http://127.0.0.1/admin', verdict: 'refused' },
      ],
    });
    const { checks, warnings } = await preflightMessage(planner, { id }, settings);
    const verdicts = checks?.authentication.map((check) => [check.id, check.verdict]);
    expect(verdicts).toContainEqual(['spf', 'not_checked']);
    expect(warnings.map(({ code }) => code)).toContain('dead-links');
    await expect(startMessageChecks(planner, { id, version: 9 })).rejects.toMatchObject({
      kind: 'conflict',
    });
  });
});

describe("a guest's timeline", () => {
  it('tells everything that was sent and what came back, page by page', async () => {
    const { place, planner } = await newPlace();
    const { guestId } = await seedGuest(db.admin, { ...place, email: 'told@example.com' });
    const ids = [];
    for (let index = 0; index < 3; index++) {
      const id = await seedMessage(db.admin, { ...place, title: `M${index}`, state: 'queued' });
      await rig.expand(place, id);
      await rig.send(place, id);
      ids.push(id);
    }
    const { items } = await listDeliveries(planner, { messageId: ids[2] ?? ('' as never) });
    const [delivery] = items;
    await db.admin`
      insert into wedding.delivery_events
        (wedding_id, message_id, delivery_id, id, kind, source, at)
      values (${place.weddingId}, ${ids[2] ?? ''}, ${delivery?.id ?? ''}, gen_random_uuid(), 'delivered',
        'webhook', now())`;
    const first = await getGuestTimeline(planner, { guestId, limit: 2 });
    expect(first.items.map(({ messageTitle }) => messageTitle)).toEqual(['M2', 'M1']);
    expect(first.items[0]).toMatchObject({
      channel: 'email',
      delivery: { state: 'sent', address: 'told@example.com' },
      events: [{ kind: 'delivered', source: 'webhook' }],
    });
    const rest = await getGuestTimeline(planner, { guestId, cursor: first.nextCursor ?? '' });
    expect(rest.items.map(({ messageTitle }) => messageTitle)).toEqual(['M0']);
    expect(rest.nextCursor).toBeNull();
    expect((await getGuestTimeline(stranger, { guestId })).items).toEqual([]);
  });
});
