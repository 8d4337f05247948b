import { DateField } from '@wedsync/ui/date-field';
import { NumberField } from '@wedsync/ui/number-field';
import { Select } from '@wedsync/ui/select';
import { formatDay } from '../../lib/format.ts';
import { useWedding } from '../../lib/wedding.ts';

/** A time that follows a day of the wedding. */
export interface AnchorTime {
  anchor: 'rsvp_deadline' | 'wedding_day' | 'event';
  /** With the anchor `event`. */
  eventId: string | null;
  /** Before (negative) or after that day. */
  days: number;
  /** Wall time in the wedding's zone. */
  time: string;
}

interface AnchorFieldsProps {
  weddingId: string;
  value: AnchorTime;
  onChange: (value: AnchorTime) => void;
}

const sides = [
  { value: 'before', label: 'days before' },
  { value: 'after', label: 'days after' },
] as const;

/** "7 days before the last day for answers, at 10:00", in four fields. */
export function AnchorFields({ weddingId, value, onChange }: AnchorFieldsProps) {
  const { wedding, events } = useWedding(weddingId);
  const { date, rsvpDeadline, locale } = wedding;
  const noteOf = (day: string | null) => (day ? formatDay(day, locale) : 'Not fixed yet');
  const options = [
    { value: 'rsvp_deadline', label: 'the last day for answers', note: noteOf(rsvpDeadline) },
    { value: 'wedding_day', label: 'the wedding day', note: noteOf(date) },
    ...events.map((event) => ({
      value: String(event.id),
      label: event.name,
      note: noteOf(event.startsOn),
    })),
  ];
  const choose = (key: string) =>
    onChange(
      key === 'rsvp_deadline' || key === 'wedding_day'
        ? { ...value, anchor: key, eventId: null }
        : { ...value, anchor: 'event', eventId: key },
    );
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <NumberField
        label="How many"
        minValue={0}
        maxValue={730}
        value={Math.abs(value.days)}
        onChange={(days) => onChange({ ...value, days: value.days > 0 ? days : -days || 0 })}
      />
      <Select
        label="Which way"
        options={sides}
        value={value.days > 0 ? 'after' : 'before'}
        onChange={(side) => {
          const days = Math.abs(value.days);
          onChange({ ...value, days: side === 'after' ? Math.max(days, 1) : -days || 0 });
        }}
      />
      <Select
        label="Counted from"
        options={options}
        value={value.anchor === 'event' ? value.eventId : value.anchor}
        onChange={choose}
      />
      <DateField
        label="At"
        kind="time"
        name="time"
        value={value.time}
        onChange={(time) => onChange({ ...value, time })}
        isRequired
      />
    </div>
  );
}
