/** The words of one mail: paragraphs around at most one link. */
export interface MailWords {
  subject: string;
  before: string[];
  /** Label and address of the one thing to do. */
  action?: { label: string; url: string };
  after: string[];
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (char) => escapes[char] ?? char);
/** A name in a subject must stay one line. */
const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();

/** A page that a mail may lead on to: an invitation, whose address has no room for words. */
const invitationPath = /^\/join\/[\w-]{1,64}$/;

/** What the link of an account mail carries: its token, and the invitation that waits behind it. */
export function linkQuery({ token, next }: { token: string; next?: string | undefined }): string {
  const query = new URLSearchParams({ token });
  if (next && invitationPath.test(next)) query.set('next', next);
  return query.toString();
}

/**
 * The mail of an account's own doing. Nothing the person typed stands in it: at sign-up anybody can
 * type somebody else's address, and must not be able to send them words of their choice.
 */
export function accountWords(
  kind: 'email-verification' | 'already-registered' | 'password-reset' | 'password-changed',
  urls: { publicUrl: string; query: string },
): MailWords {
  const { publicUrl, query } = urls;
  const forgot = `${publicUrl}/forgot-password`;
  const words: Record<typeof kind, MailWords> = {
    'email-verification': {
      subject: 'Confirm your e-mail address for WedSync',
      before: ['Welcome to WedSync. Confirm that this is your address, then sign in.'],
      action: {
        label: 'Confirm my address',
        url: `${publicUrl}/verify-email?${query}`,
      },
      after: ['The link works for 24 hours. If you did not sign up, ignore this mail.'],
    },
    'already-registered': {
      subject: 'You already have a WedSync account',
      before: [
        'Somebody, probably you, tried to sign up with this address. It already has an account: sign in, or choose a new password if you have forgotten yours.',
      ],
      action: { label: 'Choose a new password', url: forgot },
      after: ['If this was not you, there is nothing to do.'],
    },
    'password-reset': {
      subject: 'Choose a new WedSync password',
      before: ['You asked for a new password.'],
      action: {
        label: 'Choose a new password',
        url: `${publicUrl}/reset-password?${query}`,
      },
      after: [
        'The link works once, for an hour. If you did not ask for it, ignore this mail: your password stays as it is.',
      ],
    },
    'password-changed': {
      subject: 'Your WedSync password was changed',
      before: [
        'The password of your account has just been changed, and every other browser was signed out.',
      ],
      action: { label: 'This was not me', url: forgot },
      after: ['If it was you, there is nothing to do.'],
    },
  };
  return words[kind];
}

/** The mail that asks somebody to join a company or to share a wedding. */
export function invitationWords(invitation: {
  organization: string;
  wedding: string | null;
  invitedBy: string | null;
  url: string;
}): MailWords {
  const { organization, wedding, invitedBy, url } = invitation;
  const what = wedding
    ? `the wedding “${oneLine(wedding)}”`
    : `the team of ${oneLine(organization)}`;
  const who = invitedBy
    ? `${oneLine(invitedBy)} (${oneLine(organization)})`
    : oneLine(organization);
  return {
    subject: wedding
      ? `${oneLine(organization)} shares a wedding with you`
      : `Join ${oneLine(organization)} on WedSync`,
    before: [`${who} invites you to ${what} on WedSync.`],
    action: { label: 'Accept the invitation', url },
    after: [
      'The link works for 14 days and only for this address. If you do not know the sender, ignore this mail.',
    ],
  };
}

/** Plain text and HTML of a mail; both say the same. */
export function renderMail(words: MailWords): { subject: string; text: string; html: string } {
  const { subject, before, action, after } = words;
  const text = [...before, ...(action ? [`${action.label}:\n${action.url}`] : []), ...after];
  const paragraph = (line: string) => `<p style="margin:0 0 16px">${escapeHtml(line)}</p>`;
  const button = action
    ? `<p style="margin:0 0 16px"><a href="${escapeHtml(action.url)}" style="display:inline-block;padding:12px 20px;border-radius:6px;background:#1f4d3a;color:#ffffff;text-decoration:none">${escapeHtml(action.label)}</a></p>`
    : '';
  const body = [...before.map(paragraph), button, ...after.map(paragraph)].join('\n');
  const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head>
<body style="margin:0;padding:24px;background:#ffffff;color:#1b1b1b;font:16px/1.5 system-ui,sans-serif">
<div style="max-width:520px;margin:0 auto">
${body}
</div></body></html>
`;
  return { subject, text: `${text.join('\n\n')}\n`, html };
}
