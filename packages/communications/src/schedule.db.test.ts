import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { EventId, newId, newUuid } from '@wedsync/contracts/ids';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { createLogger } from '@wedsync/platform/log';
import { systemContext, userContext } from '@wedsync/testing/contexts';
import { seedMessage, seedTemplate } from '@wedsync/testing/factories/communications';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { afterAll, describe, expect, it } from 'vitest';
import { cancelMessage, releaseMessage, unscheduleMessage } from './change-message-state.ts';
import { getMessage } from './queries/messages.ts';
import { listReminderRules } from './queries/reminder-rules.ts';
import { scheduleMessage } from './schedule-message.ts';
import { sendMessage } from './send-message.ts';
import { sendReminders } from './send-reminders.ts';
import { rescheduleMessages, startScheduled } from './start-scheduled.ts';
import type { Place } from './testing/rig.ts';
import {
  createReminderRule,
  removeReminderRule,
  updateReminderRule,
} from './update-reminder-rule.ts';

const db = await createTestDatabase();
afterAll(() => db.drop());
const place = await seedWedding(db.admin);
const foreign = await seedWedding(db.admin);
const planner = userContext(db.app, { ...place, userId: place.ownerId });
const stranger = userContext(db.app, foreign);
const assistant = userContext(db.app, { ...place, access: { orgRole: 'assistant' } });

const hour = 3_600_000;
const inHours = (hours: number) => new Date(Date.now() + hours * hour).toISOString();
const dayIn = (days: number) => inHours(24 * days).slice(0, 10);
const log = createLogger({ service: 'test', level: 'silent' });

/** The worker's view of the clock. */
const job = (now = new Date()) => ({
  serviceDb: db.service,
  log,
  service: (claims: { orgId?: string; weddingId?: string }) => ({
    ...systemContext(db.worker, claims as Place),
    clock: { now: () => now },
  }),
});
const stateOf = async (id: string) => {
  const [row] = await db.admin<
    { state: string; held_reason: string | null; send_at: Date | null }[]
  >`
    select state, held_reason, send_at from wedding.messages where id = ${id}`;
  return row;
};
const jobsOf = async (id: string) => {
  const rows = await db.admin<{ job_name: string }[]>`
    select job_name from ops.outbox where payload ->> 'messageId' = ${id}`;
  return rows.map(({ job_name }) => job_name);
};
/** A scheduled message whose moment has come. */
async function seedDue(where: Place = place, dueAt = new Date(Date.now() - 1_000)) {
  const id = await seedMessage(db.admin, where);
  await db.admin`
    update wedding.messages set state = 'scheduled', send_at = ${dueAt},
      schedule = ${db.admin.json({ kind: 'at', at: dueAt.toISOString() })} where id = ${id}`;
  return id;
}

describe('scheduling', () => {
  it('plans a draft, plans it anew, and takes it back, each with its audit row', async () => {
    const id = await seedMessage(db.admin, place);
    const at = inHours(5);
    const planned = await scheduleMessage(planner, {
      id,
      version: 1,
      schedule: { kind: 'at', at },
    });
    expect(planned).toMatchObject({ state: 'scheduled', sendAt: at });
    const later = inHours(6);
    const again = await scheduleMessage(planner, {
      id,
      version: planned.version,
      schedule: { kind: 'at', at: later },
      notAfter: inHours(7),
    });
    expect(again.sendAt).toBe(later);
    expect(await unscheduleMessage(planner, { id, version: again.version })).toMatchObject({
      state: 'draft',
      sendAt: null,
    });
    const audit = await db.admin<{ action: string }[]>`
      select action from wedding.audit_log where entity_id = ${id} order by at`;
    expect(audit.map(({ action }) => action)).toEqual([
      'communications.schedule-message',
      'communications.schedule-message',
      'communications.unschedule-message',
    ]);
  });

  it('counts from the dates of the wedding, in its zone', async () => {
    const id = await seedMessage(db.admin, place);
    await db.admin`update wedding.weddings set time_zone = 'America/New_York',
      rsvp_deadline = '2031-07-08', date = null where id = ${place.weddingId}`;
    const relative = { kind: 'relative', days: -7, time: '10:00' } as const;
    const planned = await scheduleMessage(planner, {
      id,
      version: 1,
      schedule: { ...relative, anchor: 'rsvp_deadline' },
    });
    expect(planned.sendAt).toBe('2031-07-01T14:00:00.000Z');
    const version = planned.version;
    await expect(
      scheduleMessage(planner, { id, version, schedule: { ...relative, anchor: 'wedding_day' } }),
    ).rejects.toMatchObject({ code: 'communications.no-anchor' });
    const eventId = newId(EventId);
    await expect(
      scheduleMessage(planner, {
        id,
        version,
        schedule: { ...relative, anchor: 'event', eventId },
      }),
    ).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('is refused for the past, for a last moment before the first, and in a version not seen', async () => {
    const id = await seedMessage(db.admin, place);
    const soon = { kind: 'at', at: inHours(1) } as const;
    const past = { kind: 'at', at: inHours(-1) } as const;
    await expect(
      scheduleMessage(planner, { id, version: 1, schedule: past }),
    ).rejects.toMatchObject({
      code: 'communications.in-the-past',
    });
    await expect(
      scheduleMessage(planner, { id, version: 1, schedule: soon, notAfter: inHours(0.5) }),
    ).rejects.toMatchObject({ code: 'communications.not-after-too-early' });
    await expect(
      scheduleMessage(planner, { id, version: 9, schedule: soon }),
    ).rejects.toMatchObject({
      kind: 'conflict',
      details: { current: { id } },
    });
    await expect(
      scheduleMessage(assistant, { id, version: 1, schedule: soon }),
    ).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(
      scheduleMessage(stranger, { id, version: 1, schedule: soon }),
    ).rejects.toMatchObject({
      kind: 'not-found',
    });
    await expect(releaseMessage(stranger, { id, version: 1 })).rejects.toMatchObject({
      kind: 'not-found',
    });
  });

  it('can be overtaken by hand', async () => {
    const id = await seedDue(place, new Date(Date.now() + hour));
    expect(await sendMessage(planner, { id, version: 2 })).toMatchObject({ state: 'queued' });
    const other = await seedDue(place, new Date(Date.now() + hour));
    expect(await cancelMessage(planner, { id: other, version: 2 })).toMatchObject({
      state: 'cancelled',
    });
  });
});

describe('the worker', () => {
  it('starts what is due, once, however many workers look', async () => {
    const ids = await Promise.all(Array.from({ length: 5 }, () => seedDue()));
    const waiting = await seedDue(place, new Date(Date.now() + hour));
    await Promise.all([startScheduled(job()), startScheduled(job()), startScheduled(job())]);
    for (const id of ids) {
      expect(await stateOf(id)).toMatchObject({ state: 'queued' });
      expect(await jobsOf(id)).toEqual(['communications.expand-message']);
    }
    expect(await stateOf(waiting)).toMatchObject({ state: 'scheduled' });
    expect(await jobsOf(waiting)).toEqual([]);
  });

  it('leaves state and job together when it is killed in the middle', async () => {
    const lone = await seedWedding(db.admin);
    const ids = await Promise.all(Array.from({ length: 20 }, () => seedDue(lone)));
    const script = new URL('./testing/start-process.ts', import.meta.url).pathname;
    for (let kills = 0; kills < 4; kills++) {
      const order = JSON.stringify({ ...lone, databaseUrl: db.url('worker'), messageIds: ids });
      const child = spawn(process.execPath, [script, order], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await once(child.stdout, 'data');
      setTimeout(() => child.kill('SIGKILL'), 5 + kills * 7);
      await once(child, 'exit');
    }
    await startScheduled(job());
    for (const id of ids) {
      expect(await stateOf(id)).toMatchObject({ state: 'queued' });
      expect(await jobsOf(id)).toEqual(['communications.expand-message']);
    }
  });

  it('holds what comes too late after it stood still, until a person releases it', async () => {
    const id = await seedDue(place, new Date(Date.now() - 13 * hour));
    await startScheduled(job());
    expect(await stateOf(id)).toMatchObject({ state: 'held', held_reason: 'too_late' });
    await startScheduled(job());
    expect(await jobsOf(id)).toEqual([]);
    const { version } = await getMessage(planner, { id });
    expect(await releaseMessage(planner, { id, version })).toMatchObject({
      state: 'queued',
      heldReason: null,
    });
    expect(await jobsOf(id)).toEqual(['communications.expand-message']);
  });

  it('respects the last moment that somebody stated', async () => {
    const id = await seedDue(place, new Date(Date.now() - hour));
    await db.admin`update wedding.messages set not_after = now() - interval '1 minute' where id = ${id}`;
    await startScheduled(job());
    expect(await stateOf(id)).toMatchObject({ state: 'held', held_reason: 'too_late' });
    const { version } = await getMessage(planner, { id });
    await releaseMessage(planner, { id, version });
    // Whoever released it knows that it is late: nothing may be skipped for that any more.
    expect((await getMessage(planner, { id })).notAfter).toBeNull();
  });

  it('follows the dates of the wedding when they move', async () => {
    const own = await seedWedding(db.admin);
    const ctx = userContext(db.app, { ...own, userId: own.ownerId });
    const system = systemContext(db.worker, own);
    await db.admin`update wedding.weddings set time_zone = 'Europe/Lisbon', rsvp_deadline = '2031-04-03'
      where id = ${own.weddingId}`;
    const id = await seedMessage(db.admin, own);
    const schedule = {
      kind: 'relative',
      anchor: 'rsvp_deadline',
      days: -3,
      time: '09:00',
    } as const;
    await scheduleMessage(ctx, { id, version: 1, schedule });
    await db.admin`update wedding.weddings set rsvp_deadline = '2031-05-03' where id = ${own.weddingId}`;
    await rescheduleMessages(system, own.weddingId);
    expect((await stateOf(id))?.send_at?.toISOString()).toBe('2031-04-30T08:00:00.000Z');
    await db.admin`update wedding.weddings set rsvp_deadline = ${dayIn(1)} where id = ${own.weddingId}`;
    await rescheduleMessages(system, own.weddingId);
    expect(await stateOf(id)).toMatchObject({ state: 'held', held_reason: 'too_late' });
  });

  it('holds what hangs on a date that is gone, and never starts by an old one', async () => {
    const own = await seedWedding(db.admin);
    const ctx = userContext(db.app, { ...own, userId: own.ownerId });
    await db.admin`update wedding.weddings set date = ${dayIn(30)} where id = ${own.weddingId}`;
    const ids = [await seedMessage(db.admin, own), await seedMessage(db.admin, own)];
    const schedule = { kind: 'relative', anchor: 'wedding_day', days: -1, time: '09:00' } as const;
    for (const id of ids) await scheduleMessage(ctx, { id, version: 1, schedule });
    // Due by the date as it was; the news of the new date has not arrived yet.
    await db.admin`update wedding.messages set send_at = now() - interval '1 minute'
      where wedding_id = ${own.weddingId}`;
    await startScheduled(job());
    expect(await stateOf(ids[0] ?? '')).toMatchObject({ state: 'scheduled' });
    await db.admin`update wedding.weddings set date = null where id = ${own.weddingId}`;
    await rescheduleMessages(systemContext(db.worker, own), own.weddingId);
    expect(await stateOf(ids[1] ?? '')).toMatchObject({ state: 'held', held_reason: 'no_anchor' });
  });
});

describe('a reminder rule', () => {
  const base = { name: 'Last call', anchor: 'rsvp_deadline', days: -7, time: '10:00' } as const;
  async function withRule(fields: { deadline: string }) {
    const own = await seedWedding(db.admin);
    const ctx = userContext(db.app, { ...own, userId: own.ownerId });
    await db.admin`update wedding.weddings set rsvp_deadline = ${fields.deadline}, time_zone = 'UTC'
      where id = ${own.weddingId}`;
    const templateId = await seedTemplate(db.admin, { ...own, kind: 'reminder' });
    const rule = await createReminderRule(ctx, { ...base, templateId });
    return { own, ctx, rule, templateId };
  }
  const written = (weddingId: string) =>
    db.admin<
      { id: string; state: string; audience: { answers: string[] } }[]
    >`select id, state, audience from wedding.messages where wedding_id = ${weddingId}`;

  it('writes its message once for its day, for those who have not answered', async () => {
    const { own, ctx, rule } = await withRule({ deadline: dayIn(12) });
    expect(rule.nextAt).toBe(`${dayIn(5)}T10:00:00.000Z`);
    await db.admin`update wedding.weddings set rsvp_deadline = ${dayIn(8)} where id = ${own.weddingId}`;
    await sendReminders(job(new Date(`${dayIn(1)}T09:59:30Z`)));
    expect(await written(own.weddingId)).toEqual([]);
    const due = new Date(`${dayIn(1)}T10:00:30Z`);
    await Promise.all([sendReminders(job(due)), sendReminders(job(due))]);
    await sendReminders(job(due));
    const messages = await written(own.weddingId);
    expect(messages).toMatchObject([{ state: 'scheduled', audience: { answers: ['none'] } }]);
    const [listed] = await listReminderRules(ctx);
    expect(listed?.occurrences).toMatchObject([
      { day: dayIn(1), messageId: messages[0]?.id, state: 'scheduled' },
    ]);
  });

  it('does not make up for what came due before it was written or while it was paused', async () => {
    const { own, ctx, rule, templateId } = await withRule({ deadline: dayIn(6) });
    const tomorrow = new Date(Date.now() + 24 * hour);
    await sendReminders(job(tomorrow));
    expect(await written(own.weddingId)).toEqual([]);
    await db.admin`update wedding.weddings set rsvp_deadline = ${dayIn(8)} where id = ${own.weddingId}`;
    const paused = await updateReminderRule(ctx, {
      ...base,
      ...{ id: rule.id, version: rule.version, templateId, paused: true },
    });
    expect(paused).toMatchObject({ paused: true, nextAt: null });
    await sendReminders(job(new Date(`${dayIn(1)}T10:00:30Z`)));
    expect(await written(own.weddingId)).toEqual([]);
    const resumed = await updateReminderRule(ctx, {
      ...base,
      ...{ id: rule.id, version: paused.version, templateId, paused: false },
    });
    await sendReminders(job(new Date(`${dayIn(1)}T10:00:30Z`)));
    expect(await written(own.weddingId)).toHaveLength(1);
    await removeReminderRule(ctx, { id: rule.id, version: resumed.version });
    expect(await listReminderRules(ctx)).toEqual([]);
    expect(await written(own.weddingId)).toHaveLength(1);
  });

  it('pauses itself where its template lost the text for its channel', async () => {
    const { own, ctx } = await withRule({ deadline: dayIn(8) });
    await db.admin`
      insert into wedding.template_versions (wedding_id, template_id, version, kind, name, default_language)
      select wedding_id, id, 2, kind, name, 'en' from wedding.message_templates
      where wedding_id = ${own.weddingId}`;
    await sendReminders(job(new Date(`${dayIn(1)}T10:00:30Z`)));
    expect(await written(own.weddingId)).toEqual([]);
    expect(await listReminderRules(ctx)).toMatchObject([{ paused: true }]);
  });

  it('is refused to assistants and strangers, in an old version, and without a text', async () => {
    const { own, ctx, rule, templateId } = await withRule({ deadline: dayIn(60) });
    const helper = userContext(db.app, { ...own, access: { orgRole: 'assistant' } });
    const fields = { ...base, templateId, name: 'Other' };
    await expect(createReminderRule(helper, fields)).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(createReminderRule(stranger, fields)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(createReminderRule(ctx, { ...fields, channel: 'sms' })).rejects.toMatchObject({
      code: 'communications.no-wording',
    });
    await expect(createReminderRule(ctx, { ...fields, anchor: 'event' })).rejects.toMatchObject({
      kind: 'invalid',
    });
    const stale = { ...fields, id: rule.id, version: 9, paused: true };
    await expect(updateReminderRule(ctx, stale)).rejects.toMatchObject({
      kind: 'conflict',
      details: { current: { name: 'Last call' } },
    });
    await expect(removeReminderRule(stranger, { id: rule.id, version: 1 })).rejects.toMatchObject({
      kind: 'not-found',
    });
    expect(await listReminderRules(stranger)).toEqual([]);
  });
});

it('an id that is none is refused before anything is looked at', async () => {
  await expect(
    scheduleMessage(planner, {
      id: newUuid() as never,
      version: 1,
      schedule: { kind: 'at', at: inHours(1) },
    }),
  ).rejects.toMatchObject({ kind: 'not-found' });
});
