import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { EmptyState } from '@wedsync/ui/empty-state';
import { plural } from '@wedsync/ui/format';
import { Page } from '@wedsync/ui/page-shell';
import { SearchField } from '@wedsync/ui/search-field';
import { useDebounced } from '@wedsync/ui/use-debounced';
import { Inbox, Send } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useLive } from '../../lib/live.ts';
import { trpc } from '../../lib/trpc.ts';
import { PauseButton } from '../shell/live-control.tsx';
import { MoreButton } from '../shell/more-button.tsx';
import { Reading } from '../shell/reading.tsx';
import { ClearMails } from './clear-mails.tsx';
import { MailList } from './mail-list.tsx';
import { MailPane } from './mail-pane.tsx';

const noteOf = (total: number) =>
  total === 0 ? 'Nothing has been caught' : `${plural(total, 'mail')} caught and not delivered`;

/** Caught mails: the list on the left, the open one on the right; one of both on a phone. */
export function MailPage() {
  const { mail: openId, search = '' } = useSearch({ from: '/app/mail' });
  const navigate = useNavigate({ from: '/mail' });
  const [typed, setTyped] = useState(search);
  const wanted = useDebounced(typed.trim(), 200);
  useEffect(() => {
    navigate({
      search: (old) => ({ ...old, search: wanted || undefined }),
      replace: true,
    }).catch(() => undefined);
  }, [wanted, navigate]);

  const live = useLive();
  const mails = useInfiniteQuery({
    ...trpc.monitoring.listMails.infiniteQueryOptions(
      { search: wanted, limit: 50 },
      {
        getNextPageParam: (page) => (page.kind === 'caught' ? page.nextCursor : null) ?? undefined,
      },
    ),
    ...live,
  });
  const [first] = mails.data?.pages ?? [];
  const total = first?.kind === 'caught' ? first.total : 0;

  if (first?.kind === 'relay') {
    return (
      <Page title="Mail">
        <EmptyState icon={<Send />} title="Mail leaves through your relay">
          SMTP_URL names a real mail server, so every mail is sent and none is kept here. Without
          it, mail is caught and shown on this page.
        </EmptyState>
      </Page>
    );
  }
  return (
    <Page
      title="Mail"
      width="wide"
      note={first ? noteOf(total) : 'Reading…'}
      actions={
        <>
          <PauseButton />
          <ClearMails total={total} />
        </>
      }
    >
      <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-[minmax(18rem,24rem)_minmax(0,1fr)]">
        <div className={openId ? 'hidden lg:block' : ''}>
          <SearchField
            label="Search sender, recipient or subject"
            value={typed}
            onChange={setTyped}
            className="mb-3"
          />
          <Reading query={mails} label="mails">
            {({ pages }) => {
              const items = pages.flatMap((page) => (page.kind === 'caught' ? page.items : []));
              return items.length === 0 ? (
                <NoMail isSearch={wanted !== ''} />
              ) : (
                <MailList mails={items} openId={openId} search={wanted} />
              );
            }}
          </Reading>
          <MoreButton query={mails} />
        </div>
        <div className={openId ? '' : 'hidden lg:block'}>
          <MailPane mailId={openId} />
        </div>
      </div>
    </Page>
  );
}

function NoMail({ isSearch }: { isSearch: boolean }) {
  return isSearch ? (
    <EmptyState icon={<Inbox />} title="No mail matches">
      Try a part of the address or of the subject.
    </EmptyState>
  ) : (
    <EmptyState icon={<Inbox />} title="No mail yet">
      What WedSync sends is caught and appears here by itself.
    </EmptyState>
  );
}
