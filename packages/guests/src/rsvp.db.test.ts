import { EventId, GuestId, HouseholdId, newId, QuestionId } from '@wedsync/contracts/ids';
import type { RsvpForm } from '@wedsync/contracts/rsvp';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { createContext, type ServiceContext } from '@wedsync/service/context';
import { guestLinkContext, userContext } from '@wedsync/testing/contexts';
import { seedGuest, seedHousehold, seedTag } from '@wedsync/testing/factories/guests';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { deriveLinkToken } from './household-link.ts';
import {
  ensureHouseholdLinks,
  issueHouseholdLink,
  revokeHouseholdLink,
} from './issue-household-link.ts';
import { findHouseholdByLink } from './queries/find-household-by-link.ts';
import { getGuest } from './queries/get-guest.ts';
import { getGuestHistory } from './queries/get-guest-history.ts';
import { getRsvpForm } from './queries/get-rsvp-form.ts';
import { recordAnswers } from './record-answers.ts';
import { removeHousehold } from './remove-guests.ts';
import { submitRsvp } from './submit-rsvp.ts';
import { tagGuests } from './tag-guests.ts';
import { createQuestion, removeQuestion, updateQuestion } from './update-question.ts';

const db = await createTestDatabase();
const secret = 'a secret of the test suite, long enough';
const clockAt = (instant: string) => ({ now: () => new Date(instant) });

/** A household of Ana, her open companion and a neighbour household, before the deadline. */
async function open(fields: { rsvpDeadline?: string; timeZone?: string } = {}) {
  const place = await seedWedding(db.admin, { rsvpDeadline: '2027-05-01', ...fields });
  const { weddingId, eventIds } = place;
  const ana = await seedGuest(db.admin, { weddingId, firstName: 'Ana', eventIds });
  const open = {
    firstName: '',
    lastName: '',
    plusOneOf: ana.guestId,
    eventIds: eventIds.slice(0, 1),
  };
  const companion = await seedGuest(db.admin, { weddingId, ...ana, ...open });
  const neighbour = await seedGuest(db.admin, { weddingId, firstName: 'Rui', eventIds });
  const [ceremony = newId(EventId), dinner = newId(EventId)] = eventIds;
  const planner = userContext(db.app, place);
  const linkAt = (instant: string) =>
    guestLinkContext(db.app, { ...place, householdId: ana.householdId, clock: clockAt(instant) });
  const link = linkAt('2027-04-01T12:00:00Z');
  return { ...place, ana, companion, neighbour, ceremony, dinner, planner, link, linkAt };
}
type Open = Awaited<ReturnType<typeof open>>;

const yes = (one: Open, form: RsvpForm) => ({
  revision: form.revision,
  guests: [
    { guestId: one.ana.guestId, answers: [{ eventId: one.ceremony, answer: 'yes' as const }] },
  ],
});
const stateOf = async (weddingId: string) =>
  JSON.stringify(
    await db.admin`
      select (select jsonb_agg(to_jsonb(g) order by g.id) from wedding.guests g where wedding_id = ${weddingId}) g,
        (select jsonb_agg(to_jsonb(i) order by i.guest_id, i.event_id) from wedding.invitations i where wedding_id = ${weddingId}) i,
        (select jsonb_agg(to_jsonb(a) order by a.id) from wedding.question_answers a where wedding_id = ${weddingId}) a,
        (select jsonb_agg(to_jsonb(h) order by h.id) from wedding.households h where wedding_id = ${weddingId}) h,
        (select count(*) from wedding.audit_log where wedding_id = ${weddingId}) l,
        (select count(*) from wedding.changes where wedding_id = ${weddingId}) c`,
  );

describe('a household link', () => {
  const household = async () => {
    const place = await seedWedding(db.admin);
    const householdId = await seedHousehold(db.admin, place);
    return { ...place, householdId, ctx: userContext(db.app, place) };
  };

  it('leads to its household until it is revoked, and the next one is another', async () => {
    const { ctx, householdId, weddingId, orgId } = await household();
    const { token } = await issueHouseholdLink(ctx, { householdId }, secret);
    expect(token).toMatch(/^[\w-]{22}$/);
    expect(await issueHouseholdLink(ctx, { householdId }, secret)).toEqual({ token });
    expect(await findHouseholdByLink(db.app, token)).toEqual({
      actor: { kind: 'guest_link', householdId },
      weddingId,
      orgId,
    });
    await revokeHouseholdLink(ctx, { householdId });
    expect(await findHouseholdByLink(db.app, token)).toBeNull();
    const next = await issueHouseholdLink(ctx, { householdId }, secret);
    expect(next.token).not.toBe(token);
    expect(await findHouseholdByLink(db.app, next.token)).not.toBeNull();
    const rows =
      await db.admin`select to_jsonb(a)::text as row from wedding.audit_log a where wedding_id = ${weddingId}`;
    expect(rows.length).toBe(4);
    expect(rows.map((row) => row.row).join()).not.toContain(token);
  });

  it('is made for many households at once and is the same every time', async () => {
    const { weddingId, ctx, householdId } = await household();
    const householdIds = [
      householdId,
      await seedHousehold(db.admin, { weddingId }),
      newId(HouseholdId),
    ];
    const ensure = () =>
      db.worker.write(ctx.claims, (tx) =>
        ensureHouseholdLinks(tx, secret, { weddingId, householdIds }),
      );
    const tokens = await ensure();
    expect(tokens.size).toBe(2);
    expect(await ensure()).toEqual(tokens);
    for (const token of tokens.values())
      expect(await findHouseholdByLink(db.app, token)).not.toBeNull();
  });

  it('differs by wedding, household, version and secret', () => {
    const key = {
      weddingId: newId(EventId) as never,
      householdId: newId(HouseholdId),
      linkVersion: 1,
    };
    const tokens = [
      deriveLinkToken(secret, key),
      deriveLinkToken(secret, { ...key, linkVersion: 2 }),
      deriveLinkToken(secret, { ...key, householdId: newId(HouseholdId) }),
      deriveLinkToken(`${secret}!`, key),
    ];
    expect(new Set(tokens).size).toBe(4);
  });

  it.each(['', 'x', '../../etc/passwd', "' or 1=1 --", 'A'.repeat(22), 'A'.repeat(5_000), '\0'])(
    'finds nothing for the token %j',
    async (token) => {
      expect(await findHouseholdByLink(db.app, token)).toBeNull();
    },
  );

  it('stops with its household, and is refused to viewers and other weddings', async () => {
    const { ctx, householdId, ...place } = await household();
    const other = await household();
    const viewer = userContext(db.app, { ...place, access: { weddingRole: 'viewer' } });
    const { token } = await issueHouseholdLink(ctx, { householdId }, secret);
    const gone = { kind: 'not-found' };
    await expect(issueHouseholdLink(viewer, { householdId }, secret)).rejects.toMatchObject({
      kind: 'forbidden',
    });
    await expect(issueHouseholdLink(other.ctx, { householdId }, secret)).rejects.toMatchObject(
      gone,
    );
    await expect(revokeHouseholdLink(other.ctx, { householdId })).rejects.toMatchObject(gone);
    await removeHousehold(ctx, { householdId });
    expect(await findHouseholdByLink(db.app, token)).toBeNull();
  });
});

describe('the form', () => {
  it('shows the household and nobody else, and opening it twenty times changes nothing', async () => {
    const one = await open();
    const before = await stateOf(one.weddingId);
    const form = await getRsvpForm(one.link);
    expect(form.guests.map((guest) => guest.id)).toEqual([one.ana.guestId, one.companion.guestId]);
    expect(form.guests.map((guest) => guest.answers.length)).toEqual([2, 1]);
    expect(form.events.map((event) => event.id)).toEqual(one.eventIds);
    expect(form).toMatchObject({
      open: true,
      deadline: '2027-05-01',
      closesAt: '2027-05-01T23:00:00.000Z',
    });
    for (let visit = 0; visit < 20; visit++) expect(await getRsvpForm(one.link)).toEqual(form);
    expect(await stateOf(one.weddingId)).toBe(before);
  });

  it('is narrowed by the database itself to the household of the claim', async () => {
    const one = await open();
    const count = (table: string) =>
      db.app.read(one.link.claims, (tx) =>
        tx.execute<{ n: number }>(
          sql`select count(*)::int as n from wedding.${sql.identifier(table)}`,
        ),
      );
    expect([...(await count('guests'))]).toEqual([{ n: 2 }]);
    expect([...(await count('households'))]).toEqual([{ n: 1 }]);
    expect([...(await count('invitations'))]).toEqual([{ n: 3 }]);
    for (const closed of ['guest_imports', 'messages', 'tags', 'audit_log']) {
      await expect(count(closed)).rejects.toMatchObject({ cause: { code: '42501' } });
    }
    const write = db.app.write(one.link.claims, (tx) =>
      tx.execute(sql`update wedding.invitations set answer = null
        where guest_id = ${one.neighbour.guestId} returning guest_id`),
    );
    expect([...(await write)]).toEqual([]);
  });

  it('shows nothing where the claim came without the role that narrows it', async () => {
    const one = await open();
    const { householdId: _, ...claims } = one.link.claims;
    const seen = await db.app.read(claims, async (tx) => {
      await tx.execute(sql`select set_config('app.household_id', ${newId(HouseholdId)}, true)`);
      return tx.execute<{ n: number }>(sql`select count(*)::int as n from wedding.guests`);
    });
    expect([...seen]).toEqual([{ n: 0 }]);
  });

  it('opens to links only', async () => {
    const one = await open();
    await expect(getRsvpForm(one.planner)).rejects.toMatchObject({ code: 'guests.link-only' });
    const nobody = createContext(one.link, { actor: { kind: 'system', name: 'x' } });
    await expect(getRsvpForm(nobody)).rejects.toMatchObject({ kind: 'forbidden' });
  });
});

describe('answering', () => {
  it('records answers, the companion, diets and questions in one go', async () => {
    const one = await open();
    const song = await createQuestion(one.planner, {
      prompt: 'Your song?',
      kind: 'text',
      appliesTo: 'household',
    });
    const meal = await createQuestion(one.planner, {
      prompt: 'Fish or meat?',
      kind: 'choice',
      options: ['Fish', 'Meat'],
      eventId: one.ceremony,
      required: true,
    });
    const form = await getRsvpForm(one.link);
    const after = await submitRsvp(one.link, {
      revision: form.revision,
      guests: [
        {
          guestId: one.ana.guestId,
          answers: [
            { eventId: one.ceremony, answer: 'yes' },
            { eventId: one.dinner, answer: 'no' },
          ],
          diets: [{ code: 'vegan', severity: 'preference' }],
          accessibility: ['hearing'],
        },
        {
          guestId: one.companion.guestId,
          firstName: 'Tomás',
          lastName: 'Sá',
          answers: [{ eventId: one.ceremony, answer: 'unsure' }],
        },
      ],
      questions: [
        { questionId: song.id, value: ['Dancing Queen'] },
        { questionId: meal.id, guestId: one.ana.guestId, value: ['Fish'] },
      ],
    });
    expect(after.guests).toMatchObject([
      {
        answers: [{ answer: 'yes' }, { answer: 'no' }],
        diets: [{ code: 'vegan' }],
        accessibility: ['hearing'],
      },
      { firstName: 'Tomás', lastName: 'Sá', answers: [{ answer: 'unsure' }] },
    ]);
    expect(after.questions.flatMap((question) => question.answers)).toEqual([
      { guestId: null, value: ['Dancing Queen'] },
      { guestId: one.ana.guestId, value: ['Fish'] },
    ]);
    const guest = await getGuest(one.planner, one.ana);
    expect(guest.invitations[0]).toMatchObject({
      via: 'link',
      answeredByKind: 'guest_link',
      answeredBy: one.ana.householdId,
      answeredAt: '2027-04-01T12:00:00.000Z',
    });
    const history = await getGuestHistory(one.planner, { guestId: one.companion.guestId });
    expect(history.items.map((item) => [item.action, item.actorKind])).toEqual([
      ['guests.submit-rsvp', 'guest_link'],
      ['guests.submit-rsvp', 'guest_link'],
    ]);
  });

  it('is accepted again unchanged, and refused against a stale form with the current one', async () => {
    const one = await open();
    const form = await getRsvpForm(one.link);
    const after = await submitRsvp(one.link, yes(one, form));
    const before = await stateOf(one.weddingId);
    expect(await submitRsvp(one.link, yes(one, form))).toEqual(after);
    expect(await stateOf(one.weddingId)).toBe(before);
    const guests = [
      { guestId: one.ana.guestId, answers: [{ eventId: one.ceremony, answer: 'no' as const }] },
    ];
    await expect(submitRsvp(one.link, { revision: form.revision, guests })).rejects.toMatchObject({
      code: 'guests.rsvp-changed',
      details: { current: after },
    });
  });

  it('lets one of two different submissions win, and two equal ones both succeed', async () => {
    const one = await open();
    const { revision } = await getRsvpForm(one.link);
    const send = (answer: 'yes' | 'no') =>
      submitRsvp(one.link, {
        revision,
        guests: [{ guestId: one.ana.guestId, answers: [{ eventId: one.dinner, answer }] }],
      });
    const different = await Promise.allSettled([send('yes'), send('no')]);
    expect(different.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
    const two = await open();
    const form = await getRsvpForm(two.link);
    const equal = await Promise.all([1, 2, 3].map(() => submitRsvp(two.link, yes(two, form))));
    expect(new Set(equal.map((result) => result.revision)).size).toBe(1);
    const history = await getGuestHistory(two.planner, two.ana);
    expect(history.items).toHaveLength(1);
  });

  it('does not overwrite what the planner wrote down meanwhile', async () => {
    const one = await open();
    const form = await getRsvpForm(one.link);
    await recordAnswers(one.planner, { eventId: one.ceremony, answer: 'no', guests: [one.ana] });
    await expect(submitRsvp(one.link, yes(one, form))).rejects.toMatchObject({ kind: 'conflict' });
  });

  it.each<[string, (one: Open) => object, string]>([
    [
      'a neighbour',
      (one) => ({ guests: [{ guestId: one.neighbour.guestId }] }),
      'service.not-found',
    ],
    [
      'an event without invitation',
      (one) => ({
        guests: [
          { guestId: one.companion.guestId, answers: [{ eventId: one.dinner, answer: 'yes' }] },
        ],
      }),
      'guests.not-invited',
    ],
    [
      'an invited guest’s name',
      (one) => ({ guests: [{ guestId: one.ana.guestId, firstName: 'Eve' }] }),
      'guests.name-fixed',
    ],
    [
      'an unknown question',
      () => ({ questions: [{ questionId: newId(QuestionId), value: ['x'] }] }),
      'service.not-found',
    ],
    [
      'an unknown answer',
      (one) => ({
        guests: [{ guestId: one.ana.guestId, answers: [{ eventId: one.dinner, answer: 'maybe' }] }],
      }),
      'service.invalid-input',
    ],
    ['a guest of nowhere', () => ({ guests: [{ guestId: newId(GuestId) }] }), 'service.not-found'],
  ])('refuses %s and writes nothing', async (...[, input, code]) => {
    const one = await open();
    const { revision } = await getRsvpForm(one.link);
    const before = await stateOf(one.weddingId);
    await expect(submitRsvp(one.link, { revision, ...input(one) })).rejects.toMatchObject({ code });
    expect(await stateOf(one.weddingId)).toBe(before);
  });

  it('is refused to a planner', async () => {
    const one = await open();
    const { revision } = await getRsvpForm(one.link);
    await expect(submitRsvp(one.planner, { revision })).rejects.toMatchObject({
      code: 'guests.link-only',
    });
  });
});

describe('questions', () => {
  const ask = async (one: Open, ctx: ServiceContext = one.link) =>
    (await getRsvpForm(ctx)).questions;

  it('are asked of those whom their event and tag name', async () => {
    const one = await open();
    const tagId = await seedTag(db.admin, { weddingId: one.weddingId, name: 'Hotel' });
    const base = { prompt: 'Q', kind: 'yes_no' as const };
    await createQuestion(one.planner, { ...base, prompt: 'all', position: 1 });
    await createQuestion(one.planner, {
      ...base,
      prompt: 'dinner',
      eventId: one.dinner,
      position: 2,
    });
    await createQuestion(one.planner, { ...base, prompt: 'tagged', tagId, position: 3 });
    const all = [one.ana.guestId, one.companion.guestId];
    expect((await ask(one)).map(({ prompt, guestIds }) => [prompt, guestIds])).toEqual([
      ['all', all],
      ['dinner', [one.ana.guestId]],
    ]);
    await tagGuests(one.planner, { guestIds: [one.companion.guestId], add: [tagId] });
    expect((await ask(one))[2]?.guestIds).toEqual([one.companion.guestId]);
  });

  it('refuse values that do not fit, and a yes without a required answer', async () => {
    const one = await open();
    const meal = await createQuestion(one.planner, {
      prompt: 'Meal',
      kind: 'choice',
      options: ['A', 'B'],
      required: true,
    });
    const { revision } = await getRsvpForm(one.link);
    const guestId = one.ana.guestId;
    const send = (value: string[], answer: 'yes' | 'no' = 'yes') =>
      submitRsvp(one.link, {
        revision,
        guests: [{ guestId, answers: [{ eventId: one.dinner, answer }] }],
        questions: [{ questionId: meal.id, guestId, value }],
      });
    await expect(send(['C'])).rejects.toMatchObject({ code: 'guests.question-value' });
    await expect(send(['A', 'B'])).rejects.toMatchObject({ code: 'guests.question-value' });
    await expect(send([])).rejects.toMatchObject({
      code: 'guests.answer-required',
      details: { missing: [{ questionId: meal.id, guestId }] },
    });
    const form = await send([], 'no');
    await submitRsvp(one.link, {
      revision: form.revision,
      questions: [{ questionId: meal.id, guestId, value: ['B'] }],
    });
    const back = await submitRsvp(one.link, {
      revision: (await getRsvpForm(one.link)).revision,
      questions: [{ questionId: meal.id, guestId, value: [] }],
    });
    expect(back.questions[0]?.answers).toEqual([]);
  });

  it('are edited under their version, need options where they offer a choice, and go with their answers', async () => {
    const one = await open();
    const { planner } = one;
    const question = await createQuestion(planner, { prompt: 'Old', kind: 'text' });
    const edit = (version: number, patch: object) =>
      updateQuestion(planner, { questionId: question.id, version, patch });
    const current = await edit(1, { prompt: 'New' });
    await expect(edit(1, { prompt: 'X' })).rejects.toMatchObject({
      kind: 'conflict',
      details: { current },
    });
    await expect(edit(2, { kind: 'choice' })).rejects.toMatchObject({
      code: 'guests.question-options',
    });
    await expect(edit(2, { eventId: newId(EventId) })).rejects.toMatchObject({ kind: 'not-found' });
    await removeQuestion(planner, { questionId: question.id });
    expect(await ask(one)).toEqual([]);
    await expect(createQuestion(one.link, { prompt: 'X', kind: 'text' })).rejects.toMatchObject({
      kind: 'forbidden',
    });
  });
});

describe('the deadline', () => {
  it.each([
    ['Europe/Lisbon', '2027-03-28', '2027-03-28T23:00:00Z'],
    ['Europe/Berlin', '2027-10-31', '2027-10-31T23:00:00Z'],
    ['America/Los_Angeles', '2027-11-07', '2027-11-08T08:00:00Z'],
    ['Pacific/Auckland', '2027-04-04', '2027-04-04T12:00:00Z'],
  ])('in %s on %s closes at the end of that day there', async (timeZone, rsvpDeadline, end) => {
    const one = await open({ timeZone, rsvpDeadline });
    const justAfter = one.linkAt(end);
    const justBefore = one.linkAt(new Date(Date.parse(end) - 1).toISOString());
    const form = await getRsvpForm(justAfter);
    expect(form).toMatchObject({ open: false, closesAt: new Date(end).toISOString() });
    await expect(submitRsvp(justAfter, yes(one, form))).rejects.toMatchObject({
      code: 'guests.rsvp-closed',
    });
    expect(await submitRsvp(justBefore, yes(one, form))).toMatchObject({ open: true });
    // The same again, sent by an impatient finger a second too late, changes nothing and is no error.
    expect(await submitRsvp(justAfter, yes(one, form))).toMatchObject({ open: false });
  });
});
