import { useQuery } from '@tanstack/react-query';
import type { MailDetail } from '@wedsync/contracts/monitoring';
import { EmptyState } from '@wedsync/ui/empty-state';
import { formatMoment } from '@wedsync/ui/format';
import { LinkButton } from '@wedsync/ui/link-button';
import { Tabs } from '@wedsync/ui/tabs';
import { ArrowLeft, MailOpen, Paperclip } from 'lucide-react';
import { paths } from '../../lib/paths.ts';
import { trpc } from '../../lib/trpc.ts';
import { Facts } from '../shell/facts.tsx';
import { Reading } from '../shell/reading.tsx';
import { MailHtml } from './mail-html.tsx';
import { RawMail } from './raw-mail.tsx';

const codeStyle =
  'wrap-anywhere m-0 whitespace-pre-wrap rounded-lg bg-sunken px-4 py-3 font-mono text-sm';

/** The open mail; a mail never changes, so it is read once. */
export function MailPane({ mailId }: { mailId: string | undefined }) {
  if (!mailId) {
    return (
      <div className="rounded-xl border border-line border-dashed">
        <EmptyState icon={<MailOpen />} title="Choose a mail">
          It opens here as its recipient would have seen it.
        </EmptyState>
      </div>
    );
  }
  return <OpenMail key={mailId} mailId={mailId} />;
}

function OpenMail({ mailId }: { mailId: string }) {
  const mail = useQuery({
    ...trpc.monitoring.getMail.queryOptions({ mailId }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <article className="rounded-xl border border-line bg-surface px-5 py-4 shadow-card">
      <div className="mb-3 lg:hidden">
        <LinkButton href={paths.mail} size="sm">
          <ArrowLeft aria-hidden="true" />
          All mails
        </LinkButton>
      </div>
      <Reading query={mail} label="the mail">
        {(detail) => <MailContent mail={detail} />}
      </Reading>
    </article>
  );
}

function MailContent({ mail }: { mail: MailDetail }) {
  const tabs = [
    { id: 'html', label: 'Message', content: <MailHtml html={mail.html} /> },
    {
      id: 'text',
      label: 'Text',
      content: <pre className={codeStyle}>{mail.text || 'This mail has no text part.'}</pre>,
    },
    {
      id: 'headers',
      label: 'Headers',
      content: (
        <Facts
          facts={mail.headers.map(({ key, value }) => [
            key,
            <span key={key} className="font-mono text-sm">
              {value}
            </span>,
          ])}
        />
      ),
    },
    { id: 'raw', label: 'Raw', content: <RawMail mailId={mail.mailId} look={codeStyle} /> },
  ];
  return (
    <>
      <h2 className="wrap-anywhere font-display text-2xl text-ink">
        {mail.subject || 'Without subject'}
      </h2>
      <div className="mt-3 mb-4 text-sm">
        <Facts
          facts={[
            ['From', mail.from],
            ['To', mail.to.join(', ')],
            ['Sent', mail.date ? formatMoment(mail.date) : 'Not stated'],
            ...(mail.attachments.length > 0
              ? [['Attached', <Attachments key="attached" mail={mail} />] as const]
              : []),
          ]}
        />
      </div>
      <Tabs
        label="Parts of the mail"
        tabs={mail.html ? tabs : tabs.filter(({ id }) => id !== 'html')}
      />
    </>
  );
}

function Attachments({ mail }: { mail: MailDetail }) {
  return (
    <ul className="m-0 list-none p-0">
      {mail.attachments.map(({ name, mimeType }) => (
        <li key={name} className="flex items-center gap-1.5">
          <Paperclip aria-hidden="true" className="size-3.5 text-ink-soft" />
          {name} <span className="text-ink-soft">({mimeType})</span>
        </li>
      ))}
    </ul>
  );
}
