import { ComboBox } from '@wedsync/ui/combo-box';
import { useMemo } from 'react';
import { useGuestRows } from '../../guests/use-guest-rows.ts';
import { guestName } from '../../guests/words.ts';

interface GuestChoiceProps {
  weddingId: string;
  label: string;
  /** Null: the first of the guest list. */
  value: string | null;
  onChange: (guestId: string | null) => void;
  className?: string;
}

/** The guest for whom a message is worded. */
export function GuestChoice({ weddingId, ...field }: GuestChoiceProps) {
  const { all } = useGuestRows(weddingId, {});
  const options = useMemo(
    () => all.map((row) => ({ value: row.id, label: guestName(row), note: row.householdName })),
    [all],
  );
  return <ComboBox {...field} placeholder="The first of the list" options={options} />;
}
