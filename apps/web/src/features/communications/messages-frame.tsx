import { useLocation } from '@tanstack/react-router';
import { LinkTabs } from '@wedsync/ui/link-tabs';
import { Page } from '@wedsync/ui/page-shell';
import type { ReactNode } from 'react';
import { paths } from '../../lib/paths.ts';

interface MessagesFrameProps {
  weddingId: string;
  title: string;
  note: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** A page of the messages room, with the way to its neighbours. */
export function MessagesFrame({ weddingId, title, note, actions, children }: MessagesFrameProps) {
  const { pathname } = useLocation();
  return (
    <Page title={title} note={note} actions={actions}>
      <LinkTabs
        label="Pages about messages"
        path={pathname}
        tabs={[
          { label: 'Messages', href: paths.messages(weddingId) },
          { label: 'Templates', href: paths.templates(weddingId) },
          { label: 'Reminders', href: paths.reminders(weddingId) },
          { label: 'Text replies', href: paths.textReplies(weddingId) },
          { label: 'Report', href: paths.messageReport(weddingId) },
        ]}
      />
      {children}
    </Page>
  );
}
