import { useNavigate } from '@tanstack/react-router';
import { Select } from '@wedsync/ui/select';
import { paths } from '../../lib/paths.ts';
import { useWedding } from '../../lib/wedding.ts';

/** Changes to the seating of another event. */
export function EventSelect({ weddingId, eventId }: { weddingId: string; eventId: string }) {
  const { events } = useWedding(weddingId);
  const navigate = useNavigate();
  return (
    <Select
      label="Event"
      isLabelHidden
      className="w-44"
      options={events.map(({ id, name }) => ({ value: id, label: name }))}
      value={events.find(({ id }) => id === eventId)?.id ?? null}
      onChange={(id) => void navigate({ to: paths.eventSeating(weddingId, id) })}
    />
  );
}
