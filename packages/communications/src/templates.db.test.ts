import { newId, TemplateId } from '@wedsync/contracts/ids';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { userContext } from '@wedsync/testing/contexts';
import { seedTemplate } from '@wedsync/testing/factories/communications';
import { seedGuest } from '@wedsync/testing/factories/guests';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { afterAll, describe, expect, it } from 'vitest';
import { addDefaultTemplates } from './add-default-templates.ts';
import { cancelMessage } from './change-message-state.ts';
import { createMessage } from './create-message.ts';
import { createTemplate } from './create-template.ts';
import { checkWording } from './queries/check-wording.ts';
import { getMessage } from './queries/messages.ts';
import { previewMessage } from './queries/preview-message.ts';
import {
  getTemplate,
  getTemplateVersion,
  listTemplates,
  listTemplateUses,
  listTemplateVersions,
} from './queries/templates.ts';
import { removeTemplate } from './remove-template.ts';
import { sendMessage } from './send-message.ts';
import { worded } from './testing/wordings.ts';
import { updateMessage } from './update-message.ts';
import { restoreTemplateVersion, updateTemplate } from './update-template.ts';

const db = await createTestDatabase();
afterAll(() => db.drop());
const place = await seedWedding(db.admin);
const foreign = await seedWedding(db.admin);
const planner = userContext(db.app, { ...place, userId: place.ownerId });
const stranger = userContext(db.app, foreign);
const viewer = userContext(db.app, { ...place, access: { weddingRole: 'viewer' } });

const layout = (text: string) =>
  `<mjml>\n<mj-body><mj-section><mj-column>\n<mj-text>${text}</mj-text>\n</mj-column></mj-section></mj-body>\n</mjml>`;
const auditOf = (entityId: string) => db.admin<{ action: string }[]>`
  select action from wedding.audit_log where entity_id = ${entityId} order by at`;

describe('the library', () => {
  it('gives a wedding its six templates in every language it has, once', async () => {
    expect(await addDefaultTemplates(planner)).toEqual({ added: 6 });
    expect(await addDefaultTemplates(planner)).toEqual({ added: 0 });
    const templates = await listTemplates(planner);
    expect(templates.map(({ kind }) => kind).sort()).toEqual([
      'day_of',
      'invitation',
      'logistics',
      'reminder',
      'save_the_date',
      'thank_you',
    ]);
    const invitation = templates.find(({ kind }) => kind === 'invitation');
    expect(invitation?.wordings.map(({ language }) => language)).toEqual([
      'de',
      'en',
      'es',
      'fr',
      'pt',
    ]);
  });

  it('speaks the language of the wedding and brings only what is asked for', async () => {
    const lisbon = await seedWedding(db.admin);
    await db.admin`update wedding.weddings set locale = 'pt-PT' where id = ${lisbon.weddingId}`;
    const ctx = userContext(db.app, lisbon);
    await addDefaultTemplates(ctx, { languages: ['de-AT'] });
    const [invitation] = (await listTemplates(ctx)).filter(({ kind }) => kind === 'invitation');
    expect(invitation).toMatchObject({ name: 'Convite', defaultLanguage: 'pt' });
    expect(invitation?.wordings.map(({ language }) => language)).toEqual(['de', 'pt']);
  });
});

describe('a template', () => {
  it('keeps every save as a version that can be read and brought back', async () => {
    const first = await createTemplate(planner, {
      name: 'Note',
      ...worded({ body: 'First {{ names }}' }),
    });
    expect(first).toMatchObject({ version: 1, usedBy: 0, defaultLanguage: 'en' });
    const { id } = first;
    const second = await updateTemplate(planner, {
      id,
      version: 1,
      name: 'Note two',
      ...worded({ body: 'Second' }),
    });
    expect(second).toMatchObject({ version: 2, name: 'Note two' });
    const third = await restoreTemplateVersion(planner, { id, version: 2, restore: 1 });
    expect(third).toMatchObject({ version: 3, name: 'Note two' });
    expect(third.wordings[0]?.body).toBe('First {{ names }}');
    expect(await getTemplate(planner, { id })).toEqual(third);
    expect((await getTemplateVersion(planner, { id, version: 2 })).wordings[0]?.body).toBe(
      'Second',
    );
    const versions = await listTemplateVersions(planner, { id });
    expect(versions.map(({ version, languages }) => [version, languages])).toEqual([
      [3, ['en']],
      [2, ['en']],
      [1, ['en']],
    ]);
    expect(versions[0]?.createdBy).toBe(place.ownerId);
    expect((await auditOf(id)).map(({ action }) => action)).toEqual([
      'communications.create-template',
      'communications.update-template',
      'communications.restore-template-version',
    ]);
  });

  it('is changed only in the version that was seen', async () => {
    const { id } = await createTemplate(planner, { name: 'Raced', ...worded() });
    const attempts = ['One', 'Two'].map((name) =>
      updateTemplate(planner, { id, version: 1, name, ...worded() }),
    );
    const results = await Promise.allSettled(attempts);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const lost = results.find(({ status }) => status === 'rejected');
    expect(lost).toMatchObject({
      reason: { kind: 'conflict', details: { current: { version: 2 } } },
    });
    await expect(
      restoreTemplateVersion(planner, { id, version: 1, restore: 1 }),
    ).rejects.toMatchObject({ kind: 'conflict' });
    await expect(
      restoreTemplateVersion(planner, { id, version: 2, restore: 9 }),
    ).rejects.toMatchObject({ kind: 'not-found' });
    await expect(removeTemplate(planner, { id, version: 1 })).rejects.toMatchObject({
      kind: 'conflict',
    });
  });

  it('takes its versions along when it is removed, and leaves the messages', async () => {
    const { id } = await createTemplate(planner, { name: 'Short-lived', ...worded() });
    const message = await createMessage(planner, { templateId: id, title: 'Kept', ...worded() });
    await removeTemplate(planner, { id, version: 1 });
    await expect(getTemplate(planner, { id })).rejects.toMatchObject({ kind: 'not-found' });
    const [left] = await db.admin`
      select count(*)::int as n from wedding.template_wordings where template_id = ${id}`;
    expect(left).toEqual({ n: 0 });
    expect((await getMessage(planner, { id: message.id })).wordings[0]?.body).toBe(
      'Dear {{ names }}',
    );
  });

  it('says which messages used which of its versions', async () => {
    const { id } = await createTemplate(planner, { name: 'Popular', ...worded() });
    const one = await createMessage(planner, { templateId: id, title: 'One', ...worded() });
    await updateTemplate(planner, { id, version: 1, name: 'Popular', ...worded() });
    const two = await createMessage(planner, { templateId: id, title: 'Two', ...worded() });
    const page = await listTemplateUses(planner, { id, limit: 1 });
    expect(page.items).toMatchObject([{ messageId: two.id, templateVersion: 2, state: 'draft' }]);
    const rest = await listTemplateUses(planner, { id, cursor: page.nextCursor ?? '' });
    expect(rest).toMatchObject({
      items: [{ messageId: one.id, templateVersion: 1 }],
      nextCursor: null,
    });
    expect(await getTemplate(planner, { id })).toMatchObject({ usedBy: 2 });
    const versions = await listTemplateVersions(planner, { id });
    expect(versions.map(({ version, usedBy }) => [version, usedBy])).toEqual([
      [2, 1],
      [1, 1],
    ]);
  });
});

describe('wording', () => {
  it('is refused before anything is stored, with the line', async () => {
    const attempt = createTemplate(planner, { name: 'Bad', ...worded({ body: 'a\n{{ nmaes }}' }) });
    await expect(attempt).rejects.toMatchObject({
      kind: 'invalid',
      code: 'communications.wording',
      details: { issues: [{ channel: 'email', language: 'en', path: 'body', line: 2 }] },
    });
    await expect(attempt).rejects.toThrow(
      'Text, line 2: {{ nmaes }} is not a merge field. Did you mean {{ names }}?',
    );
  });

  it.each(['a\nb', 'a\r\nBcc: x@example.com', '', 'x'.repeat(201)])(
    'is refused with the subject %j',
    async (subject) => {
      await expect(
        createTemplate(planner, { name: 'Bad subject', ...worded({ subject }) }),
      ).rejects.toMatchObject({ kind: 'invalid' });
    },
  );

  it.each([
    ['a megabyte of text', [{ language: 'en', subject: 'x', body: 'x'.repeat(1_000_000) }]],
    [
      'a text longer than a person reads',
      [{ language: 'en', subject: 'x', body: 'x'.repeat(20_001) }],
    ],
    ['a language that is none', [{ language: 'e n', subject: 'x', body: 'x' }]],
    ['no text in the default language', [{ language: 'de', subject: 'x', body: 'x' }]],
    [
      'a layout in a text message',
      [{ language: 'en', channel: 'sms' as const, format: 'mjml' as const, body: layout('x') }],
    ],
    [
      'two texts in one language',
      [
        { language: 'pt-br', subject: 'x', body: 'x' },
        { language: 'pt-BR', subject: 'x', body: 'x' },
      ],
    ],
    [
      'a script in its layout',
      [
        {
          language: 'en',
          subject: 'x',
          format: 'mjml' as const,
          body: layout('<script>x</script>'),
        },
      ],
    ],
  ])('is refused with %s', async (_what, wordings) => {
    await expect(
      createTemplate(planner, { name: 'Bad', kind: 'other', wordings }),
    ).rejects.toMatchObject({ kind: 'invalid' });
  });

  it('is looked at while it is written, and what is wrong with it is an answer', async () => {
    const { issues } = await checkWording(planner, {
      wordings: [
        { language: 'en', subject: '{{ nam }}', body: 'fine' },
        { language: 'de', format: 'mjml', subject: 'x', body: layout('<form></form>') },
        { language: 'fr', subject: 'x', body: `a\n${'x'.repeat(1_000_000)}` },
      ],
    });
    expect(issues).toMatchObject([
      { language: 'en', path: 'subject', line: 1 },
      { language: 'de', path: 'body', line: 3 },
      { language: 'fr', path: 'body', line: 2, message: expect.stringContaining('20,000') },
    ]);
  });

  it('of a layout is compiled once for its version, and shown with the values of a guest', async () => {
    const wordings = [
      {
        language: 'en',
        format: 'mjml' as const,
        subject: 'Hi {{ names }}',
        body: layout('Dear {{ names }}'),
      },
      {
        language: 'de',
        format: 'mjml' as const,
        subject: 'Hallo {{ names }}',
        body: layout('Liebe {{ names }}'),
      },
    ];
    const { id } = await createTemplate(planner, { name: 'Layout', kind: 'invitation', wordings });
    const [stored] = await db.admin<{ html: string; plain_text: string }[]>`
      select html, plain_text from wedding.template_wordings
      where template_id = ${id} and language = 'en'`;
    expect(stored?.html).toContain('Dear {{ names }}');
    expect(stored?.plain_text).toBe('Dear {{ names }}');
    const { guestId, householdId } = await seedGuest(db.admin, {
      ...place,
      firstName: '<b>Zoë & Co</b>',
    });
    await db.admin`update wedding.households set language = 'de-CH' where id = ${householdId}`;
    const preview = await previewMessage(
      planner,
      { kind: 'invitation', wordings, guestId },
      { publicUrl: 'https://example.com', mailFrom: 'no-reply@mail.example.com' },
    );
    expect(preview).toMatchObject({ language: 'de', subject: 'Hallo <b>Zoë & Co</b>' });
    expect(preview.html).toContain('Liebe &lt;b&gt;Zoë &amp; Co&lt;/b&gt;');
    expect(preview.html).toContain('https://example.com/u/preview');
    expect(preview.text).toContain('Liebe <b>Zoë & Co</b>');
  });

  it('of a message is fixed once it is no draft, whoever tries', async () => {
    const { id, version } = await createMessage(planner, { title: 'Frozen', ...worded() });
    await updateMessage(planner, {
      id,
      version,
      title: 'Frozen',
      ...worded({ body: 'Last word' }),
    });
    await sendMessage(planner, { id, version: 2 });
    for (const statement of [
      db.admin`update wedding.message_wordings set body = 'x' where message_id = ${id}`,
      db.admin`delete from wedding.message_wordings where message_id = ${id}`,
    ]) {
      await expect(statement).rejects.toMatchObject({
        constraint_name: 'message_wordings_are_frozen',
      });
    }
    expect((await getMessage(planner, { id })).wordings[0]?.body).toBe('Last word');
    await cancelMessage(planner, { id, version: 3 });
  });
});

describe('who may', () => {
  it('not write a template as a viewer, nor see one', async () => {
    const forbidden = { kind: 'forbidden' };
    await expect(createTemplate(viewer, { name: 'x', ...worded() })).rejects.toMatchObject(
      forbidden,
    );
    await expect(listTemplates(viewer)).rejects.toMatchObject(forbidden);
    await expect(addDefaultTemplates(viewer)).rejects.toMatchObject(forbidden);
  });

  it('see and touch nothing of another wedding', async () => {
    const id = await seedTemplate(db.admin, { ...place, name: 'Private' });
    const at = { id, version: 1 };
    for (const attempt of [
      () => getTemplate(stranger, { id }),
      () => listTemplateVersions(stranger, { id }),
      () => listTemplateUses(stranger, { id }),
      () => getTemplateVersion(stranger, at),
      () => updateTemplate(stranger, { ...at, name: 'x', ...worded() }),
      () => restoreTemplateVersion(stranger, { ...at, restore: 1 }),
      () => removeTemplate(stranger, at),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ kind: 'not-found' });
    }
    await expect(
      createMessage(stranger, { templateId: id, title: 'x', ...worded() }),
    ).rejects.toMatchObject({ cause: { constraint_name: 'messages_template_id_fk' } });
    await expect(getTemplate(planner, { id: newId(TemplateId) })).rejects.toMatchObject({
      kind: 'not-found',
    });
  });
});
