import type { Message } from '@wedsync/contracts/communications';
import { Callout } from '@wedsync/ui/callout';
import { Card } from '@wedsync/ui/card';
import { Link } from '@wedsync/ui/link';
import { ProgressBar } from '@wedsync/ui/progress-bar';
import { formatCount, formatMoment, formatMomentThere, plural } from '../../../lib/format.ts';
import { paths } from '../../../lib/paths.ts';
import { useWedding } from '../../../lib/wedding.ts';
import { heldWords, subjectWords } from '../message-words.ts';
import { AfterSending } from './after-sending.tsx';
import { DeliveryFigures } from './delivery-figures.tsx';
import { DeliveryList } from './delivery-list.tsx';
import { MessageControls } from './message-controls.tsx';
import { settledOf } from './outcomes.ts';
import { usePace } from './use-pace.ts';

interface SendingViewProps {
  weddingId: string;
  message: Message;
}

/** A message that is planned, on its way or sent: how far it is, and what became of it. */
export function SendingView({ weddingId, message }: SendingViewProps) {
  const { counts, state, subject } = message;
  const { wedding } = useWedding(weddingId);
  const isWaiting = state === 'scheduled' || state === 'held';
  return (
    <div className="flex flex-col gap-5">
      {state === 'held' && message.heldReason ? (
        <Callout tone="caution" title="This message waits for your decision">
          {heldWords[message.heldReason]}
        </Callout>
      ) : null}
      <Card
        title={subject ? subjectWords(subject) : message.title}
        note={whenWords(message, wedding.timeZone)}
        actions={<MessageControls weddingId={weddingId} message={message} />}
      >
        {counts ? (
          <div className="flex flex-col gap-5">
            <Progress message={message} />
            <DeliveryFigures
              counts={counts}
              reasons={message.reasons}
              hasProgress={['queued', 'sending', 'paused'].includes(state)}
            />
            <AfterSending weddingId={weddingId} message={message} />
          </div>
        ) : isWaiting ? (
          <p className="text-ink-soft">
            Whom it reaches is decided when it leaves: answers and addresses that change until then
            count. <Link href={paths.messageCheck(weddingId, message.id)}>See it as of now</Link>
          </p>
        ) : (
          <ProgressBar label="Collecting the guests…" />
        )}
      </Card>
      {counts ? (
        <DeliveryList
          weddingId={weddingId}
          message={message}
          settled={settledOf(counts) + counts.delivered + counts.bounced}
        />
      ) : null}
    </div>
  );
}

function whenWords(message: Message, timeZone: string): string | undefined {
  const { state, sendAt, queuedAt, finishedAt, notAfter } = message;
  if (state === 'scheduled' && sendAt) {
    const until = notAfter ? `, not after ${formatMomentThere(notAfter, timeZone)}` : '';
    return `Leaves ${formatMomentThere(sendAt, timeZone)}${until}`;
  }
  if (finishedAt) return `Finished ${formatMoment(finishedAt)}`;
  return queuedAt ? `Sent off ${formatMoment(queuedAt)}` : undefined;
}

/** How far it is, how fast, and when it will be through. */
function Progress({ message: { counts, state } }: { message: Message }) {
  const isMoving = state === 'queued' || state === 'sending';
  const settled = counts ? settledOf(counts) : 0;
  const perSecond = usePace(settled, isMoving);
  if (!counts || !(isMoving || state === 'paused')) return null;
  const left = counts.audience - settled;
  const pace =
    perSecond === null
      ? ''
      : `${plural(Math.round(perSecond), 'message')} a second${finishWords(left, perSecond)}`;
  return (
    <div className="flex flex-col gap-1.5">
      <ProgressBar
        label={state === 'paused' ? 'Paused' : 'Sending'}
        value={settled}
        max={counts.audience}
        valueText={`${formatCount(settled)} of ${formatCount(counts.audience)}`}
      />
      <p className="tabular min-h-5 text-ink-soft text-sm">{pace}</p>
    </div>
  );
}

function finishWords(left: number, perSecond: number): string {
  if (perSecond <= 0) return ', waiting for the provider or for the morning of the guests';
  const at = new Date(Date.now() + (left / perSecond) * 1_000);
  const clock = new Intl.DateTimeFormat(navigator.language, { timeStyle: 'short' }).format(at);
  return left > 0 ? `, through about ${clock}` : '';
}
