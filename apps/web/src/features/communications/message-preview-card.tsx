import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Card } from '@wedsync/ui/card';
import { ComboBox } from '@wedsync/ui/combo-box';
import { FailureNote } from '@wedsync/ui/failure-view';
import { RadioGroup } from '@wedsync/ui/radio-group';
import { Skeleton } from '@wedsync/ui/skeleton';
import { useDebounced } from '@wedsync/ui/use-debounced';
import { useMemo, useState } from 'react';
import { trpc } from '../../lib/trpc.ts';
import { useGuestRows } from '../guests/use-guest-rows.ts';
import { guestName } from '../guests/words.ts';
import type { MessageDraft } from './use-message-draft.ts';

const widths = [
  { value: 'desktop', label: 'Desktop' },
  { value: 'phone', label: 'Phone' },
] as const;
const typingPauseMs = 400;

/** The message as one guest will get it, while it is being written. */
export function MessagePreviewCard({
  weddingId,
  draft,
}: {
  weddingId: string;
  draft: MessageDraft;
}) {
  const [guestId, setGuestId] = useState<string | null>(null);
  const [width, setWidth] = useState<'desktop' | 'phone'>('desktop');
  const { all } = useGuestRows(weddingId, {});
  const guests = useMemo(
    () => all.map((row) => ({ value: row.id, label: guestName(row), note: row.householdName })),
    [all],
  );
  const wording = useDebounced(draft, typingPauseMs);
  const preview = useQuery({
    ...trpc.communications.previewMessage.queryOptions({
      weddingId,
      kind: wording.kind,
      subject: wording.subject,
      body: wording.body,
      guestId,
    }),
    enabled: wording.subject.trim() !== '' && wording.body.trim() !== '',
    placeholderData: keepPreviousData,
  });
  const { data, error } = preview;
  return (
    <div className="min-w-0 xl:sticky xl:top-0">
      <Card title="As a guest sees it">
        <div className="mb-4 flex flex-wrap items-end gap-3">
          <ComboBox
            label="Guest"
            placeholder="The first of the list"
            options={guests}
            value={guestId}
            onChange={setGuestId}
            className="min-w-44 flex-1"
          />
          <RadioGroup
            label="Width of the preview"
            isLabelHidden
            look="segments"
            orientation="horizontal"
            options={widths}
            value={width}
            onChange={setWidth}
          />
        </div>
        <FailureNote error={error} />
        {data ? (
          <div
            className={`overflow-hidden rounded-lg border border-line ${width === 'phone' ? 'mx-auto max-w-[375px]' : ''}`}
          >
            <dl className="m-0 grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5 border-line border-b bg-sunken px-4 py-2.5 text-sm">
              <dt className="text-ink-soft">To</dt>
              <dd className="m-0 truncate">{data.to ?? 'No address: nothing is sent'}</dd>
              <dt className="text-ink-soft">From</dt>
              <dd className="m-0 truncate">{data.from}</dd>
              <dt className="text-ink-soft">Subject</dt>
              <dd className="m-0 font-medium">{data.subject}</dd>
            </dl>
            <iframe
              title="Preview of the e-mail"
              // No scripts and no origin of ours: what planners write stays in its box.
              sandbox=""
              srcDoc={data.html}
              className="block h-[34rem] w-full border-0 bg-raised"
            />
          </div>
        ) : error ? null : (
          <Skeleton className="h-96 w-full" />
        )}
      </Card>
    </div>
  );
}
