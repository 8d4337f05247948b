import { lazyRouteComponent, useNavigate } from '@tanstack/react-router';
import type { Message } from '@wedsync/contracts/communications';
import type { Preflight } from '@wedsync/contracts/communications-control';
import { Button } from '@wedsync/ui/button';
import { LinkButton } from '@wedsync/ui/link-button';
import { CalendarClock, FlaskConical, Send } from 'lucide-react';
import { Suspense, useState } from 'react';
import { plural } from '../../../lib/format.ts';
import { paths } from '../../../lib/paths.ts';
import { channelUnits } from '../message-words.ts';
import { messagesChanged } from '../messages-changed.ts';

const ScheduleDialog = lazyRouteComponent(() => import('./schedule-dialog.tsx'), 'ScheduleDialog');
const SendDialog = lazyRouteComponent(() => import('./send-dialog.tsx'), 'SendDialog');
const TestDialog = lazyRouteComponent(() => import('./test-dialog.tsx'), 'TestDialog');

interface SendBarProps {
  weddingId: string;
  message: Message;
  preflight: Preflight;
}

/** The ways on from the check: back, a test, later, now. */
export function SendBar({ weddingId, message, preflight }: SendBarProps) {
  const [open, setOpen] = useState<'send' | 'schedule' | 'test' | null>(null);
  const navigate = useNavigate();
  const close = () => setOpen(null);
  const done = async () => {
    messagesChanged();
    await navigate({
      to: '/weddings/$weddingId/messages/$messageId',
      params: { weddingId, messageId: message.id },
    });
  };
  const what = plural(preflight.sends, ...channelUnits[message.channel]);
  const isDraft = message.state === 'draft';
  const isBlocked = preflight.obstacles.length > 0;
  return (
    <div className="sticky bottom-15 z-10 -mx-4 flex flex-wrap items-center gap-2.5 border-line border-t bg-canvas px-4 py-3.5 sm:mx-0 sm:px-0 md:bottom-0">
      <LinkButton variant="quiet" href={paths.message(weddingId, message.id)}>
        {isDraft ? 'Back to the words' : 'Back to the message'}
      </LinkButton>
      <span className="flex-1" />
      <Button onPress={() => setOpen('test')}>
        <FlaskConical aria-hidden="true" />
        Send me a test…
      </Button>
      <Button isDisabled={isBlocked} onPress={() => setOpen('schedule')}>
        <CalendarClock aria-hidden="true" />
        {isDraft ? 'Send later…' : 'Another time…'}
      </Button>
      {isDraft ? (
        <Button
          variant="primary"
          isDisabled={preflight.sends === 0 || isBlocked}
          onPress={() => setOpen('send')}
        >
          <Send aria-hidden="true" />
          Send {what}…
        </Button>
      ) : null}
      <Suspense>
        {open === 'schedule' ? (
          <ScheduleDialog weddingId={weddingId} message={message} onClose={close} onDone={done} />
        ) : open === 'send' ? (
          <SendDialog {...{ weddingId, message, what }} onClose={close} onDone={done} />
        ) : open === 'test' ? (
          <TestDialog weddingId={weddingId} message={message} onClose={close} />
        ) : null}
      </Suspense>
    </div>
  );
}
