import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { seedGuest, seedHousehold } from '@wedsync/testing/factories/guests';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { linkTokenOf, startTestSite, type TestSite } from './test-site.ts';

const db = await createTestDatabase();
let now = new Date('2027-03-01T12:00:00Z');
let site: TestSite;
beforeAll(async () => {
  site = await startTestSite(db, { clock: { now: () => now } });
});
afterAll(() => site.close());

async function household(fields: { deadline?: string } = {}) {
  const place = await seedWedding(db.admin, {
    ...(fields.deadline ? { rsvpDeadline: fields.deadline } : {}),
    timeZone: 'America/New_York',
  });
  const { weddingId, eventIds } = place;
  const householdId = await seedHousehold(db.admin, { weddingId, name: 'The <b>Almeidas</b>' });
  const home = { weddingId, householdId, eventIds };
  const ana = await seedGuest(db.admin, { ...home, firstName: 'Ana', email: 'ana@example.com' });
  const rui = await seedGuest(db.admin, { ...home, firstName: 'Rui' });
  const plus = await seedGuest(db.admin, {
    ...home,
    firstName: '',
    lastName: '',
    plusOneOf: rui.guestId,
  });
  const token = await linkTokenOf(db, { weddingId, householdId });
  const [ceremony = '', dinner = ''] = eventIds;
  return {
    weddingId,
    url: `${site.url}/r/${token}`,
    token,
    ana: ana.guestId,
    rui: rui.guestId,
    plus: plus.guestId,
    ceremony,
    dinner,
  };
}

const get = async (url: string) => {
  const answer = await fetch(url, { redirect: 'manual' });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
};
const revisionIn = (text: string) => /name="revision" value="([^"]+)"/.exec(text)?.[1] ?? '';
const post = async (
  url: string,
  fields: Record<string, string | string[]>,
  headers: Record<string, string> = {},
) => {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    for (const one of [value].flat()) body.append(name, one);
  }
  const answer = await fetch(url, { method: 'POST', body, headers, redirect: 'manual' });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
};
/** Everything that opening a page could have changed. */
const footprint = async (weddingId: string) => {
  const [row] = await db.admin`
    select
      (select jsonb_agg(i order by i.guest_id, i.event_id) from wedding.invitations i where i.wedding_id = ${weddingId}) as invitations,
      (select jsonb_agg(g order by g.id) from wedding.guests g where g.wedding_id = ${weddingId}) as guests,
      (select jsonb_agg(h order by h.id) from wedding.households h where h.wedding_id = ${weddingId}) as households,
      (select count(*) from wedding.changes c where c.wedding_id = ${weddingId}) as changes,
      (select count(*) from wedding.audit_log a where a.wedding_id = ${weddingId}) as audits`;
  return JSON.stringify(row);
};
const answersOf = (weddingId: string) => db.admin<
  { guest_id: string; event_id: string; answer: string | null }[]
>`
  select guest_id, event_id, answer from wedding.invitations where wedding_id = ${weddingId}`;

describe('opening a link', () => {
  it('shows the household its events in plain HTML, escaped', async () => {
    const home = await household();
    const page = await get(home.url);
    expect(page.status).toBe(200);
    expect(page.text).toContain('<h1>Ana &amp; Tom</h1>');
    expect(page.text).toContain('Dear Ana and Rui,');
    expect(page.text).toContain('Guest of Rui');
    expect(page.text.match(/<fieldset class="choices answer"/g)).toHaveLength(6);
    expect(page.text).not.toContain('<b>');
    expect(page.text).not.toMatch(/<script(?![^>]* src=)/);
    expect(page.text).not.toMatch(/ on\w+=/);
  });

  it('is kept by nobody and passed on to nobody', async () => {
    const { headers } = await get((await household()).url);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-robots-tag')).toContain('noindex');
    expect(headers.get('set-cookie')).toBeNull();
  });

  it('twenty times, as a scanner does, changes nothing', async () => {
    const home = await household();
    const before = await footprint(home.weddingId);
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        fetch(`${home.url}${index % 2 ? '/done' : ''}`, { method: index % 3 ? 'GET' : 'HEAD' }),
      ),
    );
    await fetch(`${home.url}?all=yes`);
    expect(await footprint(home.weddingId)).toBe(before);
  });

  it.each(['unknown-token', 'A'.repeat(22), '..%2f..%2fetc', '%00', 'x'.repeat(4_000)])(
    'that is %s explains what to do',
    async (token) => {
      const page = await get(`${site.url}/r/${token}`);
      expect(page.status).toBe(404);
      expect(page.text).toContain('Open the newest e-mail of the couple');
      expect(page.headers.get('cache-control')).toBe('no-store');
    },
  );

  it('that was revoked looks like one that never was', async () => {
    const home = await household();
    await db.admin`
      update wedding.households set link_version = link_version + 1, link_hash = null
      where wedding_id = ${home.weddingId}`;
    const revoked = await get(home.url);
    const unknown = await get(`${site.url}/r/${'B'.repeat(22)}`);
    expect(revoked.status).toBe(404);
    expect(revoked.text).toBe(unknown.text);
    expect((await post(home.url, { all: 'yes' })).status).toBe(404);
  });
});

describe('answering', () => {
  it('is one tap for everybody and everything', async () => {
    const home = await household();
    const { text } = await get(home.url);
    const answer = await post(home.url, { revision: revisionIn(text), all: 'yes' });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe(`/r/${home.token}/done`);
    expect((await answersOf(home.weddingId)).every(({ answer: one }) => one === 'yes')).toBe(true);
  });

  it('takes names, diets with severity, access and notes, and confirms what was said', async () => {
    const home = await household();
    const { text } = await get(home.url);
    const answer = await post(home.url, {
      revision: revisionIn(text),
      [`answer.${home.ana}.${home.ceremony}`]: 'yes',
      [`answer.${home.ana}.${home.dinner}`]: 'no',
      [`answer.${home.rui}.${home.ceremony}`]: 'unsure',
      [`answer.${home.plus}.${home.ceremony}`]: 'yes',
      [`first.${home.plus}`]: 'Zoë',
      [`last.${home.plus}`]: '<script>',
      comfort: [home.ana, home.rui],
      [`allergy.${home.ana}`]: ['nuts', 'plutonium'],
      [`diet.${home.ana}`]: ['vegan', 'nuts'],
      [`dietNotes.${home.ana}`]: 'no\r\nraw onion',
      [`access.${home.ana}`]: 'wheelchair',
      [`first.${home.ana}`]: 'Hacked',
    });
    expect(answer.status).toBe(303);
    const [ana] = await db.admin`select * from wedding.guests where id = ${home.ana}`;
    expect(ana).toMatchObject({
      first_name: 'Ana',
      diets: [
        { code: 'nuts', severity: 'allergy' },
        { code: 'vegan', severity: 'preference' },
      ],
      diet_notes: 'no\nraw onion',
      accessibility: ['wheelchair'],
    });
    const done = await get(`${home.url}/done`);
    expect(done.text).toContain('Thank you, we look forward to seeing you');
    expect(done.text).toContain('Zoë &lt;script&gt;');
    expect(done.text).toContain('Allergic: Tree nuts');
    expect(done.text).toContain('2 answers are');
    expect(done.text).toContain('Change our answers');
    const again = await get(home.url);
    expect(again.text).toContain('these are the answers we have from you');
  });

  it('twice is the same as once', async () => {
    const home = await household();
    const revision = revisionIn((await get(home.url)).text);
    expect((await post(home.url, { revision, all: 'no' })).status).toBe(303);
    const before = await footprint(home.weddingId);
    expect((await post(home.url, { revision, all: 'no' })).status).toBe(303);
    expect(await footprint(home.weddingId)).toBe(before);
    expect((await get(`${home.url}/done`)).text).toContain('Thank you for letting us know');
  });

  it('beside somebody else loses no typing: the form comes back with it', async () => {
    const home = await household();
    const revision = revisionIn((await get(home.url)).text);
    await post(home.url, { revision, [`answer.${home.rui}.${home.dinner}`]: 'yes' });
    const late = await post(home.url, {
      revision,
      [`answer.${home.ana}.${home.dinner}`]: 'unsure',
      comfort: home.ana,
      [`dietNotes.${home.ana}`]: 'typed at length',
    });
    expect(late.status).toBe(409);
    expect(late.text).toContain('role="alert"');
    expect(late.text).toContain('typed at length');
    expect(late.text).toMatch(
      new RegExp(`name="answer.${home.ana}.${home.dinner}" value="unsure" checked`),
    );
    expect(late.text).toMatch(
      new RegExp(`name="answer.${home.rui}.${home.dinner}" value="yes" checked`),
    );
    const second = await post(home.url, {
      revision: revisionIn(late.text),
      [`answer.${home.ana}.${home.dinner}`]: 'unsure',
    });
    expect(second.status).toBe(303);
  });

  it('without a required answer points at the question and keeps the rest', async () => {
    const home = await household();
    const questionId = crypto.randomUUID();
    await db.admin`
      insert into wedding.questions (wedding_id, id, prompt, kind, options, required)
      values (${home.weddingId}, ${questionId}, 'Fish or meat?', 'choice', ${['Fish', 'Meat']}, true)`;
    const { text } = await get(home.url);
    expect(text).toContain('Fish or meat?');
    const fields = { revision: revisionIn(text), [`answer.${home.ana}.${home.dinner}`]: 'yes' };
    const missing = await post(home.url, fields);
    expect(missing.status).toBe(422);
    expect(missing.text).toContain(`href="#f-question.${questionId}.${home.ana}"`);
    expect(missing.text).toContain(`id="f-question.${questionId}.${home.ana}"`);
    const whole = await post(home.url, {
      ...fields,
      [`question.${questionId}.${home.ana}`]: 'Fish',
    });
    expect(whole.status).toBe(303);
    expect((await get(`${home.url}/done`)).text).toContain('Fish');
  });

  it('from another site, or in another form than ours, is refused', async () => {
    const home = await household();
    const before = await footprint(home.weddingId);
    const fields = { revision: revisionIn((await get(home.url)).text), all: 'yes' };
    const foreign = await post(home.url, fields, { origin: 'https://evil.example' });
    expect(foreign.status).toBe(403);
    expect((await post(home.url, fields, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    const json = await fetch(home.url, {
      method: 'POST',
      body: JSON.stringify(fields),
      headers: { 'content-type': 'application/json' },
    });
    expect(json.status).toBe(400);
    expect(await footprint(home.weddingId)).toBe(before);
    expect((await post(home.url, fields, { origin: 'null' })).status).toBe(303);
  });

  it('for guests of another household has no effect', async () => {
    const [mine, theirs] = [await household(), await household()];
    const before = await footprint(theirs.weddingId);
    const { text } = await get(mine.url);
    await post(mine.url, {
      revision: revisionIn(text),
      [`answer.${theirs.ana}.${theirs.ceremony}`]: 'no',
      [`answer.${mine.ana}.${theirs.ceremony}`]: 'no',
    });
    expect(await footprint(theirs.weddingId)).toBe(before);
  });
});

describe('the deadline', () => {
  it('holds to the last minute of the day where the wedding is, and then closes', async () => {
    const home = await household({ deadline: '2027-04-30' });
    now = new Date('2027-05-01T03:59:00Z');
    const page = await get(home.url);
    expect(page.text).toContain('Please answer by <strong>Friday, 30 April 2027</strong>');
    const revision = revisionIn(page.text);
    const inTime = await post(home.url, { revision, [`answer.${home.ana}.${home.dinner}`]: 'yes' });
    expect(inTime.status).toBe(303);

    now = new Date('2027-05-01T04:00:00Z');
    const closed = await get(home.url);
    expect(closed.text).toContain('The time for answers is over');
    expect(closed.text).toContain('<strong>Ana Almeida</strong> will be there');
    expect(closed.text).not.toContain('<form');
    const late = await post(home.url, { revision: revisionIn(page.text), all: 'no' });
    expect(late.status).toBe(410);
    expect((await answersOf(home.weddingId)).some(({ answer }) => answer === 'no')).toBe(false);
    now = new Date('2027-03-01T12:00:00Z');
  });
});

describe('what is logged', () => {
  it('never holds a token', async () => {
    const home = await household();
    await get(home.url);
    await post(home.url, { revision: 'x', all: 'yes' });
    expect(site.logLines.join()).not.toContain(home.token);
  });
});
