import { useMutation, useQuery } from '@tanstack/react-query';
import type { Guest } from '@wedsync/contracts/guests';
import type { ConsentChannel, GuestConsents } from '@wedsync/contracts/privacy';
import { Button } from '@wedsync/ui/button';
import { FailureNote, FailureState, notifyFailure } from '@wedsync/ui/failure-view';
import { saveFile } from '@wedsync/ui/save-file';
import { SkeletonRows } from '@wedsync/ui/skeleton';
import { StatusDot } from '@wedsync/ui/status-dot';
import { Download, Eraser } from 'lucide-react';
import { useState } from 'react';
import { formatMoment } from '../../lib/format.ts';
import { keysOf } from '../../lib/keys-of.ts';
import { trpc } from '../../lib/trpc.ts';
import { ConsentDialog } from './consent-dialog.tsx';
import { EraseDialog } from './erase-dialog.tsx';
import { GuestStops } from './guest-stops.tsx';
import {
  consentChannelWords,
  consentPurposeWords,
  consentStatusWords,
  consentWayWords,
} from './privacy-words.ts';

interface GuestPrivacyProps {
  weddingId: string;
  guest: Guest;
  canEdit: boolean;
  /** After an erasure there is nothing left to show. */
  onErased: () => void;
}

/** What a guest agreed to, and their rights: a copy of their data, and to be forgotten. */
export function GuestPrivacy({ weddingId, guest, canEdit, onErased }: GuestPrivacyProps) {
  const guestId = guest.id;
  const [open, setOpen] = useState<'consent' | 'erase' | null>(null);
  const consents = useQuery(trpc.privacy.listConsents.queryOptions({ weddingId, guestId }));
  const download = useMutation(
    trpc.privacy.exportGuestData.mutationOptions({
      onSuccess: ({ fileName, content }) =>
        saveFile(
          fileName,
          Uint8Array.from(atob(content), (c) => c.charCodeAt(0)),
          'application/zip',
        ),
      onError: (error) => notifyFailure('The copy was not made', error),
    }),
  );
  const close = () => setOpen(null);
  return (
    <div className="flex flex-col gap-6">
      {consents.error ? (
        <FailureState error={consents.error} onRetry={() => void consents.refetch()} />
      ) : consents.data ? (
        <>
          <States consents={consents.data} />
          {canEdit ? (
            <Button size="sm" className="self-start" onPress={() => setOpen('consent')}>
              Write down what the guest said…
            </Button>
          ) : null}
          <GuestStops weddingId={weddingId} guest={guest} canEdit={canEdit} />
          <Records consents={consents.data} />
        </>
      ) : (
        <SkeletonRows label="The consents are loading" />
      )}
      {canEdit ? (
        <section className="border-line border-t pt-5">
          <h3 className="font-medium">The guest’s rights</h3>
          <p className="mt-1 text-ink-soft text-sm">
            Everybody may ask for a copy of what is kept about them, and to be forgotten.
          </p>
          <div className="mt-3 flex flex-wrap gap-2">
            <Button
              size="sm"
              onPress={() => download.mutate({ weddingId, guestId })}
              isPending={download.isPending}
            >
              <Download aria-hidden="true" />
              Copy of the data
            </Button>
            <Button size="sm" onPress={() => setOpen('erase')}>
              <Eraser aria-hidden="true" />
              Erase for good…
            </Button>
          </div>
          <FailureNote error={download.error} />
        </section>
      ) : null}
      {open === 'consent' ? (
        <ConsentDialog weddingId={weddingId} guestId={guestId} onClose={close} />
      ) : open === 'erase' ? (
        <EraseDialog weddingId={weddingId} guest={guest} onClose={close} onErased={onErased} />
      ) : null}
    </div>
  );
}

const unasked: Record<ConsentChannel, string> = {
  email: 'Allowed until the guest objects',
  sms: 'Not asked yet: no texts are sent',
  notice: 'Allowed',
};

function States({ consents }: { consents: GuestConsents }) {
  return (
    <dl className="m-0 grid grid-cols-[auto_1fr] gap-x-5 gap-y-2">
      {keysOf(consentChannelWords).map((channel) => {
        const state = consents.states.find(
          (one) => one.channel === channel && one.purpose === 'relationship',
        );
        const tone = state ? (state.status === 'granted' ? 'positive' : 'critical') : 'neutral';
        return (
          <div key={channel} className="contents">
            <dt className="text-ink-soft">{consentChannelWords[channel]}</dt>
            <dd className="m-0">
              <StatusDot tone={tone} isLong>
                {state
                  ? `${consentStatusWords[state.status]} ${consentWayWords[state.how]}`
                  : unasked[channel]}
              </StatusDot>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

function Records({ consents }: { consents: GuestConsents }) {
  if (consents.records.length === 0) return null;
  return (
    <section>
      <h3 className="font-medium">Everything that was said</h3>
      <ol className="m-0 mt-2 list-none divide-y divide-line p-0 text-sm">
        {consents.records.map((record) => (
          <li key={record.id} className="py-2">
            <p>
              {consentStatusWords[record.status]}:{' '}
              {consentChannelWords[record.channel].toLowerCase()}{' '}
              {consentPurposeWords[record.purpose]}, {consentWayWords[record.how]}
            </p>
            <p className="wrap-anywhere text-ink-soft">
              {formatMoment(record.at)}
              {record.recordedByName ? `, ${record.recordedByName}` : ''}
              {record.textVersion ? ` · wording ${record.textVersion}` : ''}
              {record.textHash ? ` (${record.textHash.slice(0, 12)}…)` : ''}
              {record.proof ? ` · ${record.proof}` : ''}
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}
