import type { MailSummary } from '@wedsync/contracts/monitoring';
import { formatAgo, formatMoment } from '@wedsync/ui/format';
import { Link } from 'react-aria-components';
import { paths } from '../../lib/paths.ts';

interface MailListProps {
  mails: readonly MailSummary[];
  openId: string | undefined;
  search: string;
}

function addressOf(mailId: string, search: string): string {
  const query = new URLSearchParams({ mail: mailId });
  if (search) query.set('search', search);
  return `${paths.mail}?${query}`;
}

/** Caught mails, newest first; each is a link, so that the back button works. */
export function MailList({ mails, openId, search }: MailListProps) {
  return (
    <ul className="m-0 list-none overflow-hidden rounded-xl border border-line bg-surface p-0 shadow-card lg:max-h-[calc(100dvh-14rem)] lg:overflow-y-auto">
      {mails.map((mail) => (
        <li key={mail.mailId} className="border-line border-t first:border-t-0">
          <Link
            href={addressOf(mail.mailId, search)}
            aria-current={mail.mailId === openId ? 'true' : undefined}
            className="block px-4 py-2.5 text-ink no-underline outline-offset-[-3px] data-hovered:bg-hover aria-[current]:bg-accent-soft"
          >
            <span className="flex items-baseline gap-3">
              <span className="min-w-0 flex-1 truncate font-medium">{mail.to.join(', ')}</span>
              <span
                className="shrink-0 text-ink-soft text-xs"
                title={formatMoment(mail.receivedAt)}
              >
                {formatAgo(mail.receivedAt)}
              </span>
            </span>
            <span className="block truncate text-ink-soft text-sm">
              {mail.subject || 'Without subject'}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
