import { useMutation } from '@tanstack/react-query';
import type { Message, Schedule } from '@wedsync/contracts/communications';
import { failureOf } from '@wedsync/contracts/failure';
import { Button } from '@wedsync/ui/button';
import { DateField } from '@wedsync/ui/date-field';
import { Dialog } from '@wedsync/ui/dialog';
import { FailureNote } from '@wedsync/ui/failure-view';
import { Form } from '@wedsync/ui/form';
import { RadioGroup } from '@wedsync/ui/radio-group';
import { useState } from 'react';
import { trpc } from '../../../lib/trpc.ts';
import { useWedding } from '../../../lib/wedding.ts';
import { instantOf, wallTimeOf } from '../../../lib/zoned-time.ts';
import { AnchorFields, type AnchorTime } from '../anchor-fields.tsx';

interface ScheduleDialogProps {
  weddingId: string;
  message: Message;
  onClose: () => void;
  onDone: () => void;
}

const kinds: { value: Schedule['kind']; label: string; note: string }[] = [
  { value: 'at', label: 'At a date and time', note: 'Stays where it is.' },
  {
    value: 'relative',
    label: 'Counted from a day of the wedding',
    note: 'Moves along when that day moves.',
  },
];

const tomorrowMs = 24 * 3_600_000;

/** Plans when the message leaves, and until when it still makes sense. */
export function ScheduleDialog({ weddingId, message, onClose, onDone }: ScheduleDialogProps) {
  const { wedding, events } = useWedding(weddingId);
  const { timeZone } = wedding;
  const old = message.schedule;
  const [kind, setKind] = useState<Schedule['kind']>(old?.kind ?? 'at');
  const [at, setAt] = useState(
    wallTimeOf(
      old?.kind === 'at' ? old.at : new Date(Date.now() + tomorrowMs).toISOString(),
      timeZone,
    ),
  );
  const [anchor, setAnchor] = useState<AnchorTime>(
    old?.kind === 'relative'
      ? old
      : { anchor: 'rsvp_deadline', eventId: null, days: -7, time: '10:00' },
  );
  const [notAfter, setNotAfter] = useState(
    message.notAfter ? wallTimeOf(message.notAfter, timeZone) : '',
  );
  const plan = useMutation(
    trpc.communications.scheduleMessage.mutationOptions({ onSuccess: onDone }),
  );
  const eventId = events.find(({ id }) => id === anchor.eventId)?.id ?? null;
  const schedule = () =>
    plan.mutate({
      weddingId,
      id: message.id,
      version: message.version,
      schedule:
        kind === 'at'
          ? { kind, at: instantOf(at, timeZone) }
          : { kind, ...anchor, eventId: anchor.anchor === 'event' ? eventId : null },
      notAfter: notAfter ? instantOf(notAfter, timeZone) : null,
    });
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title="Send later"
      subtitle={`All times are of ${timeZone.replaceAll('_', ' ')}, where the wedding is.`}
      size="sm"
      isDismissable={false}
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button type="submit" form="schedule" variant="primary" isPending={plan.isPending}>
            Plan it
          </Button>
        </>
      }
    >
      <Form
        id="schedule"
        onSubmit={schedule}
        fieldErrors={plan.error ? failureOf(plan.error).fields : undefined}
        className="flex flex-col gap-5"
      >
        <FailureNote error={plan.error} />
        <RadioGroup label="When it leaves" options={kinds} value={kind} onChange={setKind} />
        {kind === 'at' ? (
          <DateField
            label="Date and time"
            kind="datetime-local"
            name="at"
            value={at}
            onChange={setAt}
            isRequired
          />
        ) : (
          <AnchorFields weddingId={weddingId} value={anchor} onChange={setAnchor} />
        )}
        <DateField
          label="Not after"
          description="If it could not start by then, it is held for you. Empty: twelve hours later."
          kind="datetime-local"
          name="notAfter"
          value={notAfter}
          onChange={setNotAfter}
        />
      </Form>
    </Dialog>
  );
}
