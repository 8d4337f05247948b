import { html } from 'hono/html';
import { type Html, notice } from './layout.ts';

/** Asks before anything happens: programs that open links in mails must not unsubscribe anybody. */
export function unsubscribePage(coupleNames: string, action: string): Html {
  return notice(
    `E-mails from ${coupleNames || 'this wedding'}`,
    [
      'Do you want to stop getting e-mails about this wedding? You stay on the guest list, and your answers are kept.',
    ],
    html`<form method="post" action="${action}"><button class="button" name="confirm" value="yes">Unsubscribe</button></form>`,
  );
}

export const unsubscribedPage = (coupleNames: string): Html =>
  notice('You are unsubscribed', [
    `You will get no more e-mails about the wedding of ${coupleNames || 'this couple'}.`,
    'You stay on the guest list. If you change your mind, tell the couple.',
  ]);
