import { useMutation } from '@tanstack/react-query';
import { Menu, MenuItem } from '@wedsync/ui/menu';
import { StatusDot } from '@wedsync/ui/status-dot';
import { notify } from '@wedsync/ui/toast';
import type { ReactElement } from 'react';
import { notifyFailure } from '../../lib/failure-view.tsx';
import { plural } from '../../lib/format.ts';
import { trpc } from '../../lib/trpc.ts';
import type { WeddingEvent } from '../../lib/wedding.ts';
import { guestsChanged } from './guests-changed.ts';
import { answers, answerTones, answerWords } from './words.ts';

interface AnswerMenuProps {
  weddingId: string;
  guestIds: readonly string[];
  events: readonly WeddingEvent[];
  /** The button that opens the menu. */
  children: ReactElement;
}

/** Writes down the answer that somebody gave in person or by phone, for each event. */
export function AnswerMenu({ weddingId, guestIds, events, children }: AnswerMenuProps) {
  const record = useMutation(
    trpc.guests.recordAnswers.mutationOptions({
      onSuccess: () => {
        void guestsChanged();
        notify({
          tone: 'done',
          title: `Answer of ${plural(guestIds.length, 'guest')} written down`,
        });
      },
      onError: (error) => notifyFailure('The answer was not written down', error),
    }),
  );
  const guests = guestIds.map((guestId) => ({ guestId }));
  return (
    <Menu label="Record an answer" placement="bottom start" trigger={children}>
      {events.flatMap((event) =>
        answers.map((answer) => (
          <MenuItem
            key={`${event.id}-${answer}`}
            textValue={`${event.name}: ${answerWords[answer]}`}
            onAction={() => record.mutate({ weddingId, eventId: event.id, answer, guests })}
          >
            <span className="flex-1">{event.name}</span>
            <StatusDot tone={answerTones[answer]}>{answerWords[answer]}</StatusDot>
          </MenuItem>
        )),
      )}
    </Menu>
  );
}
