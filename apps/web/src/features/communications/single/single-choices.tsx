import { useQuery } from '@tanstack/react-query';
import type { SmsStatus } from '@wedsync/contracts/communications-sms';
import type { MessageChannel } from '@wedsync/contracts/communications-templates';
import type { Guest } from '@wedsync/contracts/guests';
import { RadioGroup } from '@wedsync/ui/radio-group';
import { Select } from '@wedsync/ui/select';
import { keysOf } from '../../../lib/keys-of.ts';
import { trpc } from '../../../lib/trpc.ts';
import { languageOptions } from '../../weddings/place-options.ts';
import { channelWords, languageWords } from '../message-words.ts';
import type { SingleDraft } from './use-single-draft.ts';

interface SingleChoicesProps {
  weddingId: string;
  draft: SingleDraft;
  guest: Guest;
  sms: SmsStatus | undefined;
}

/** Why a channel is not open to this guest; undefined where it is. */
function obstacle(channel: MessageChannel, guest: Guest, sms: SmsStatus | undefined) {
  if (channel === 'email') {
    return guest.email ? undefined : 'No address of their own; one of the household may do.';
  }
  if (channel === 'notice') return 'Shown when the household opens its answer page.';
  if (sms && !sms.isAvailable) return 'This installation has no provider for text messages.';
  if (!guest.phone) return 'There is no number for this guest.';
  return sms?.isSimulated
    ? 'It goes to the simulator of this machine.'
    : 'Only with their consent, between 8:00 and 21:00 where they are.';
}

/** Channel, language and where the words come from. */
export function SingleChoices({ weddingId, draft, guest, sms }: SingleChoicesProps) {
  const templates = useQuery(trpc.communications.listTemplates.queryOptions({ weddingId }));
  const { channel, language, template } = draft;
  const languages = languageOptions();
  const fitting = (templates.data ?? []).filter(({ wordings }) =>
    wordings.some((one) => one.channel === channel && one.body.trim() !== ''),
  );
  return (
    <>
      <RadioGroup
        label="How"
        options={keysOf(channelWords).map((value) => ({
          value,
          label: channelWords[value],
          note: obstacle(value, guest, sms),
          isDisabled: value === 'sms' && (!guest.phone || sms?.isAvailable === false),
        }))}
        value={channel}
        onChange={draft.setChannel}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <Select
          label="Language"
          options={
            languages.some(({ value }) => value === language)
              ? languages
              : [{ value: language, label: languageWords(language) }, ...languages]
          }
          value={language}
          onChange={draft.setLanguage}
        />
        {fitting.length > 0 ? (
          <Select
            label="Start from"
            options={[
              { value: 'none', label: 'An empty page' },
              ...fitting.map(({ id, name }) => ({ value: String(id), label: name })),
            ]}
            value={template?.id ?? 'none'}
            onChange={(id) => draft.begin(fitting.find((one) => one.id === id) ?? null)}
          />
        ) : null}
      </div>
    </>
  );
}
