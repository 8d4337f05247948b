import { useLocation } from '@tanstack/react-router';
import { LinkTabs } from '@wedsync/ui/link-tabs';
import { Page } from '@wedsync/ui/page-shell';
import type { ReactNode } from 'react';
import { paths } from '../../lib/paths.ts';

interface TextsFrameProps {
  title: string;
  note: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** A page about text messages, with the way to its neighbours. */
export function TextsFrame({ title, note, actions, children }: TextsFrameProps) {
  const { pathname } = useLocation();
  return (
    <Page title={title} note={note} actions={actions}>
      <LinkTabs
        label="Pages about texts"
        path={pathname}
        tabs={[
          { label: 'Simulator', href: paths.texts },
          { label: 'Numbers', href: paths.smsNumbers },
          { label: 'Prices', href: paths.smsPrices },
        ]}
      />
      {children}
    </Page>
  );
}
