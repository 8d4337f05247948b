import { skipToken, useQuery } from '@tanstack/react-query';
import type {
  MessageChannel,
  MessageTemplate,
  Wording,
} from '@wedsync/contracts/communications-templates';
import { useDebounced } from '@wedsync/ui/use-debounced';
import { useState } from 'react';
import { trpc } from '../../../lib/trpc.ts';
import { useWedding } from '../../../lib/wedding.ts';
import { wordingOf } from '../composer/wordings.ts';

const typingPauseMs = 400;

/** What is being written to one guest: one text, on one channel, in one language. */
export function useSingleDraft(weddingId: string, guestId: string) {
  const { wedding } = useWedding(weddingId);
  const [channel, setChannel] = useState<MessageChannel>('email');
  const [language, setLanguage] = useState(wedding.locale);
  const [template, setTemplate] = useState<MessageTemplate | null>(null);
  const [text, setText] = useState<Pick<Wording, 'format' | 'subject' | 'body'>>({
    format: 'text',
    subject: '',
    body: '',
  });
  const wording: Wording = {
    ...text,
    channel,
    language,
    subject: channel === 'email' ? text.subject : '',
    format: channel === 'email' ? text.format : 'text',
  };
  const isWorded =
    wording.body.trim() !== '' && (channel !== 'email' || wording.subject.trim() !== '');
  const settled = useDebounced(wording, typingPauseMs);
  const kind = template?.kind ?? 'other';
  const preview = useQuery(
    trpc.communications.previewMessage.queryOptions(
      isWorded && settled.body.trim() && (settled.channel !== 'email' || settled.subject.trim())
        ? {
            weddingId,
            kind,
            defaultLanguage: settled.language,
            wordings: [settled],
            channel: settled.channel,
            language: settled.language,
            guestId,
          }
        : skipToken,
      { placeholderData: (old) => old },
    ),
  );
  const issues = useQuery(
    trpc.communications.checkWording.queryOptions(
      settled.body.trim() ? { weddingId, wordings: [settled] } : skipToken,
      { placeholderData: (old) => old },
    ),
  );
  /** Takes the template's words for the channel over, in the language nearest to the chosen one. */
  const begin = (chosen: MessageTemplate | null) => {
    setTemplate(chosen);
    if (!chosen) return;
    const near =
      chosen.wordings.find((one) => one.channel === channel && one.language === language) ??
      wordingOf(chosen.wordings, channel, chosen.defaultLanguage);
    if (near.body.trim() === '') return;
    setText(near);
    setLanguage(near.language);
  };
  return {
    channel,
    setChannel,
    language,
    setLanguage,
    template,
    begin,
    kind,
    wording,
    setText,
    isWorded,
    preview,
    issues: issues.data?.issues ?? [],
  };
}
export type SingleDraft = ReturnType<typeof useSingleDraft>;
