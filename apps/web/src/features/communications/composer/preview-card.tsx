import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import type { MessageChannel, Wording } from '@wedsync/contracts/communications-templates';
import { failureOf } from '@wedsync/contracts/failure';
import { Card } from '@wedsync/ui/card';
import { FailureNote } from '@wedsync/ui/failure-view';
import { RadioGroup } from '@wedsync/ui/radio-group';
import { Select } from '@wedsync/ui/select';
import { Skeleton } from '@wedsync/ui/skeleton';
import { useDebounced } from '@wedsync/ui/use-debounced';
import { useState } from 'react';
import { trpc } from '../../../lib/trpc.ts';
import { channelWords, languageWords } from '../message-words.ts';
import { GuestChoice } from './guest-choice.tsx';
import { PreviewFrame, type PreviewLook } from './preview-frame.tsx';
import type { MessageDraft } from './use-message-draft.ts';
import { languagesOf, wordingsFor } from './wordings.ts';

interface PreviewCardProps {
  weddingId: string;
  draft: Pick<MessageDraft, 'kind' | 'defaultLanguage'> & { wordings: readonly Wording[] };
  channels: readonly MessageChannel[];
}

const widths: { value: PreviewLook['width']; label: string }[] = [
  { value: 'desktop', label: 'Desktop' },
  { value: 'phone', label: 'Phone' },
];
const themes: { value: PreviewLook['theme']; label: string }[] = [
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];
const typingPauseMs = 400;

/** The message as one guest will get it, while it is being written. */
export function PreviewCard({ weddingId, draft, channels }: PreviewCardProps) {
  const [guestId, setGuestId] = useState<string | null>(null);
  const [language, setLanguage] = useState('own');
  const [shown, setShown] = useState<MessageChannel | null>(null);
  const [look, setLook] = useState<PreviewLook>({ width: 'desktop', theme: 'light' });
  const channel = shown && channels.includes(shown) ? shown : (channels[0] ?? 'email');
  const settled = useDebounced(draft, typingPauseMs);
  const wordings = wordingsFor(settled.wordings, channels);
  const isWorded = wordings.some(
    (one) =>
      one.channel === channel &&
      one.language === settled.defaultLanguage &&
      one.body.trim() !== '' &&
      (channel !== 'email' || one.subject.trim() !== ''),
  );
  const languages = languagesOf(settled.wordings, settled.defaultLanguage);
  const { kind, defaultLanguage } = settled;
  const { data, error } = useQuery(
    trpc.communications.previewMessage.queryOptions(
      isWorded
        ? {
            weddingId,
            kind,
            defaultLanguage,
            wordings,
            channel,
            language: languages.includes(language) ? language : null,
            guestId,
          }
        : skipToken,
      { placeholderData: keepPreviousData },
    ),
  );
  // The editor says what is wrong and where; here it would only be said twice.
  const isUnclear = error !== null && failureOf(error).kind === 'invalid';
  return (
    <div className="min-w-0 xl:sticky xl:top-0">
      <Card title="As a guest sees it">
        <div className="mb-4 flex flex-wrap items-end gap-3">
          <GuestChoice
            weddingId={weddingId}
            label="Guest"
            value={guestId}
            onChange={setGuestId}
            className="min-w-44 flex-1"
          />
          {languages.length > 1 ? (
            <Select
              label="Language"
              options={[
                { value: 'own', label: 'The guest’s own' },
                ...languages.map((value) => ({ value, label: languageWords(value) })),
              ]}
              value={language}
              onChange={setLanguage}
              className="min-w-36"
            />
          ) : null}
          <div className="flex flex-wrap gap-2">
            {channels.length > 1 ? (
              <RadioGroup
                label="Channel of the preview"
                isLabelHidden
                look="segments"
                orientation="horizontal"
                options={channels.map((value) => ({ value, label: channelWords[value] }))}
                value={channel}
                onChange={setShown}
              />
            ) : null}
            <RadioGroup
              label="Width of the preview"
              isLabelHidden
              look="segments"
              orientation="horizontal"
              options={widths}
              value={look.width}
              onChange={(width) => setLook({ ...look, width })}
            />
            <RadioGroup
              label="Theme of the preview"
              isLabelHidden
              look="segments"
              orientation="horizontal"
              options={themes}
              value={look.theme}
              onChange={(theme) => setLook({ ...look, theme })}
            />
          </div>
        </div>
        {isUnclear ? (
          <p className="rounded-lg bg-sunken px-4 py-10 text-center text-ink-soft">
            The preview waits until the text can be understood: see the note below it.
          </p>
        ) : (
          <FailureNote error={error} />
        )}
        {data && !isUnclear ? (
          <PreviewFrame preview={data} look={look} />
        ) : error ? null : isWorded ? (
          <Skeleton className="h-96 w-full" />
        ) : (
          <p className="rounded-lg bg-sunken px-4 py-10 text-center text-ink-soft">
            Write {channel === 'email' ? 'a subject and ' : ''}a text: it appears here as you type.
          </p>
        )}
      </Card>
    </div>
  );
}
