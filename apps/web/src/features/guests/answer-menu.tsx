import { Menu, MenuItem } from '@wedsync/ui/menu';
import { StatusDot } from '@wedsync/ui/status-dot';
import type { ReactElement } from 'react';
import type { WeddingEvent } from '../../lib/wedding.ts';
import { useRecordAnswers } from './record-answers.ts';
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
  const record = useRecordAnswers(weddingId);
  return (
    <Menu label="Record an answer" placement="bottom start" trigger={children}>
      {events.flatMap((event) =>
        answers.map((answer) => (
          <MenuItem
            key={`${event.id}-${answer}`}
            textValue={`${event.name}: ${answerWords[answer]}`}
            onAction={() => record({ guestIds, event, answer })}
          >
            <span className="flex-1">{event.name}</span>
            <StatusDot tone={answerTones[answer]}>{answerWords[answer]}</StatusDot>
          </MenuItem>
        )),
      )}
    </Menu>
  );
}
