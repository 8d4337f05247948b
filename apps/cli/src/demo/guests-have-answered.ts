import type { MailStore } from '@wedsync/platform/embedded/mail-catcher';
import { fillRsvpForm } from './rsvp-form.ts';
import { type DemoContext, type DemoStep, fact } from './step.ts';

const pageSize = 200;
/** Three of five households answer. */
const answersIn = { of: 5, answer: 3 };
const words = ['yes', 'yes', 'no', 'yes', 'unsure'] as const;

/** The personal links in the caught mail, one per household. */
async function linksIn(mail: MailStore): Promise<string[]> {
  const links = new Set<string>();
  for (let after: string | undefined; ; ) {
    const { items, next } = mail.list({ limit: pageSize, ...(after && { after }) });
    for (const { id } of items) {
      const text = (await mail.parsed(id))?.text ?? '';
      const link = /https?:\/\/\S+\/r\/[\w-]{22}/.exec(text)?.[0];
      if (link) links.add(link);
    }
    if (!next) return [...links].sort();
    after = next;
  }
}

/** Opens a household's page as a mail scanner and then as the guest, and answers without scripts. */
async function answer(link: string, { signal }: DemoContext, seed: number): Promise<string[]> {
  const open = async () => {
    const page = await fetch(link, { signal });
    if (!page.ok) throw new Error(`an RSVP page answered ${page.status}`);
    return page.text();
  };
  await open();
  const form = fillRsvpForm(await open(), (index) => words[(seed + index) % words.length] ?? 'yes');
  const posted = await fetch(link, {
    method: 'POST',
    body: form.body,
    headers: { origin: new URL(link).origin },
    signal,
  });
  if (!posted.ok) throw new Error(`an answer was refused with ${posted.status}`);
  return form.answers;
}

/** A share of the households answers through the public page; the planner's totals must agree. */
export const guestsHaveAnswered: DemoStep = {
  name: 'answer',
  async run(context) {
    const api = fact(context, 'planner');
    const weddingId = fact(context, 'weddingId');
    const links = await linksIn(context.mail);
    const answering = links.filter((_, index) => index % answersIn.of < answersIn.answer);
    const given: string[] = [];
    for (const [index, link] of answering.entries()) {
      given.push(...(await answer(link, context, index)));
    }
    const { events } = await api.guests.summary.query({ weddingId });
    const message = await api.communications.getMessage.query({
      weddingId,
      id: fact(context, 'messageId'),
    });
    const stored = (answerWord: 'yes' | 'no' | 'unsure') =>
      events.reduce((sum, event) => sum + event[answerWord], 0);
    return [
      {
        what: 'personal links in the mail',
        expected: message.counts?.sent ?? -1,
        actual: links.length,
      },
      ...(['yes', 'no', 'unsure'] as const).map((word) => ({
        what: `answers "${word}"`,
        expected: given.filter((one) => one === word).length,
        actual: stored(word),
      })),
    ];
  },
};
