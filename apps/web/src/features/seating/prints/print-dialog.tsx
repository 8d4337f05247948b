import { useQuery } from '@tanstack/react-query';
import type { SeatingPrint } from '@wedsync/contracts/seating-runs';
import { Button } from '@wedsync/ui/button';
import { Callout } from '@wedsync/ui/callout';
import { Dialog } from '@wedsync/ui/dialog';
import { FailureNote } from '@wedsync/ui/failure-view';
import { plural } from '@wedsync/ui/format';
import { LinkButton } from '@wedsync/ui/link-button';
import { RadioGroup } from '@wedsync/ui/radio-group';
import { Select } from '@wedsync/ui/select';
import { useState } from 'react';
import { trpc } from '../../../lib/trpc.ts';
import { useSeating } from '../plan-store.ts';
import { type Paper, papers, prints, printUrl } from './print-words.ts';

/** Chooses a print and its paper; the PDF opens in a tab of its own. */
export function PrintDialog({ onClose }: { onClose: () => void }) {
  const { weddingId, plan } = useSeating();
  const { eventId, revision } = plan.layout;
  const [print, setPrint] = useState<SeatingPrint>('floor-plan');
  const [paper, setPaper] = useState<Paper>(() =>
    /-(US|CA)$/.test(navigator.language) ? 'letter' : 'A4',
  );
  const input = { weddingId, eventId };
  // Asked anew each time: guests and plan may have changed since.
  const check = useQuery({ ...trpc.seating.checkPrint.queryOptions(input), gcTime: 0 });
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title="Print"
      subtitle={`As the plan is now: revision ${revision}`}
      footer={
        <>
          <Button onPress={onClose}>Close</Button>
          <LinkButton
            variant="primary"
            href={printUrl(input, { print, paper })}
            target="_blank"
            rel="noopener"
          >
            Open the PDF
          </LinkButton>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        <FailureNote error={check.error} />
        <RadioGroup label="What" options={prints} value={print} onChange={setPrint} />
        <Select
          label="Paper"
          className="max-w-52"
          options={papers}
          value={paper}
          onChange={setPaper}
        />
        <Unprintable notes={check.data?.notes ?? []} />
      </div>
    </Dialog>
  );
}

interface UnprintableProps {
  notes: readonly { where: string; printed: string }[];
}

/** Names of alphabets that the fonts do not hold: said before paper is used. */
function Unprintable({ notes }: UnprintableProps) {
  if (notes.length === 0) return null;
  const names = notes.length === 1 ? 'One text' : plural(notes.length, 'text');
  return (
    <Callout tone="caution" title={`${names} to write by hand`}>
      <p>
        The fonts hold Latin, Greek, Cyrillic, Armenian, Georgian, Hebrew and Arabic letters. Where
        others stand, a line is left free; the last page lists them.
      </p>
      <ul className="mt-2 list-disc pl-5 text-sm">
        {notes.slice(0, 5).map(({ where, printed }) => (
          <li key={`${where} ${printed}`}>{where}</li>
        ))}
        {notes.length > 5 ? <li>and {notes.length - 5} more</li> : null}
      </ul>
    </Callout>
  );
}
