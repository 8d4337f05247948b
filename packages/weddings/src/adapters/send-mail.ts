import { DomainError } from '@wedsync/contracts/errors';
import { type MailWords, renderMail } from '../model/account-mail.ts';
import type { WeddingsDeps } from '../ports.ts';

/** `Name <address>` or an address. */
function mailbox(text: string): { name: string; address: string } {
  const [, name, address] = /^\s*(.*?)\s*<([^<>]+)>\s*$/.exec(text) ?? [];
  return address
    ? { name: name?.replace(/^"|"$/g, '') ?? '', address }
    : { name: '', address: text };
}

/**
 * Hands one mail over. Trying again after a crash sends it under the same Message-ID.
 * @param id of what is sent; makes the Message-ID
 * @throws DomainError `unavailable` when it may work later, `precondition` when it was refused
 */
export async function sendMail<Composed>(
  deps: WeddingsDeps<Composed>,
  id: string,
  mail: { to: { name: string; address: string }; words: MailWords },
): Promise<void> {
  const from = mailbox(deps.mailFrom);
  const composed = await deps.transport.compose({
    from,
    to: mail.to,
    replyTo: null,
    messageId: `${id}@${from.address.split('@')[1] ?? 'localhost'}`,
    unsubscribeUrl: null,
    ...renderMail(mail.words),
  });
  const { kind } = await deps.transport.send(composed);
  if (kind === 'accepted') return;
  if (kind === 'rejected') {
    throw new DomainError(
      'precondition',
      'weddings.mail-rejected',
      'The mail server of the recipient refuses this mail for good.',
    );
  }
  throw new DomainError('unavailable', 'weddings.mail-deferred', 'The mail could not be sent yet.');
}
