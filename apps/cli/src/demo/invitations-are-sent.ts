import { setTimeout as pause } from 'node:timers/promises';
import { type DemoContext, type DemoStep, fact } from './step.ts';

/** Waits until the worker has nothing left to do for the message. */
async function untilSent(context: DemoContext) {
  const api = fact(context, 'planner');
  const input = { weddingId: fact(context, 'weddingId'), id: fact(context, 'messageId') };
  for (;;) {
    const message = await api.communications.getMessage.query(input);
    if (message.state === 'sent') return message;
    if (message.state === 'cancelled') throw new Error('the message was cancelled');
    await pause(200, undefined, { signal: context.signal });
  }
}

/** Everybody is invited; the e-mails go through outbox, queue, worker and SMTP to the catcher. */
export const invitationsAreSent: DemoStep = {
  name: 'send',
  async run(context) {
    const { facts, mail } = context;
    const api = fact(context, 'planner');
    const weddingId = fact(context, 'weddingId');
    const [ceremony, dinner] = fact(context, 'eventIds');
    if (!ceremony || !dinner) throw new Error('the wedding has no ceremony and dinner');
    const { total, ids: guestIds } = await api.guests.find.query({ weddingId });
    for (const eventId of [ceremony, dinner]) {
      await api.guests.invite.mutate({ weddingId, eventId, guestIds });
    }

    await api.communications.addDefaultTemplates.mutate({ weddingId });
    const templates = await api.communications.listTemplates.query({ weddingId });
    const template = templates.find(({ kind }) => kind === 'invitation');
    if (!template) throw new Error('there is no template for invitations');
    const draft = await api.communications.createMessage.mutate({
      weddingId,
      templateId: template.id,
      title: 'Invitation',
      kind: 'invitation',
      defaultLanguage: template.defaultLanguage,
      wordings: template.wordings,
    });
    facts.messageId = draft.id;
    const check = await api.communications.checkAudience.query({ weddingId, audience: {} });
    const before = mail.count().messages;
    await api.communications.sendMessage.mutate({
      weddingId,
      id: draft.id,
      version: draft.version,
    });
    const { counts } = await untilSent(context);
    if (!counts) throw new Error('the message has no audience');
    const { audience, ...states } = counts;
    const accounted = Object.values(states).reduce((sum, count) => sum + count, 0);
    return [
      { what: 'guests in the audience', expected: total, actual: audience },
      { what: 'guests accounted for', expected: audience, actual: accounted },
      { what: 'e-mails announced before sending', expected: check.emails, actual: counts.sent },
      { what: 'e-mails caught', expected: counts.sent, actual: mail.count().messages - before },
    ];
  },
};
