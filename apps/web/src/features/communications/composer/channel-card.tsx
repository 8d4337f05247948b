import { useQuery } from '@tanstack/react-query';
import type { MessageChannel } from '@wedsync/contracts/communications-templates';
import { Card } from '@wedsync/ui/card';
import { NumberField } from '@wedsync/ui/number-field';
import { RadioGroup } from '@wedsync/ui/radio-group';
import { Select } from '@wedsync/ui/select';
import { keysOf } from '../../../lib/keys-of.ts';
import { trpc } from '../../../lib/trpc.ts';
import { optionsOf } from '../../guests/words.ts';
import { channelWords, purposeWords } from '../message-words.ts';
import type { MessageDraft } from './use-message-draft.ts';

interface ChannelCardProps {
  weddingId: string;
  draft: MessageDraft;
  onChange: (patch: Partial<MessageDraft>) => void;
}

const notes: Record<MessageChannel, string> = {
  email: 'To everybody with an address who has not opted out.',
  sms: 'To those who agreed to text messages, between 8:00 and 21:00 of where they are.',
  notice: 'Shown when the household opens its answer page.',
};

/** How the message travels, and what is tried where that does not reach somebody. */
export function ChannelCard({ weddingId, draft, onChange }: ChannelCardProps) {
  const { data: sms } = useQuery(trpc.communications.getSmsStatus.queryOptions({ weddingId }));
  const { channel, fallbackChannel, fallbackAfterHours, purpose } = draft;
  const hasSms = sms?.isAvailable ?? false;
  const noteOf = (value: MessageChannel) =>
    value === 'sms' && sms && !hasSms
      ? 'This installation has no provider for text messages.'
      : value === 'sms' && sms?.isSimulated
        ? `${notes.sms} They go to the simulator of this machine: nobody receives one.`
        : notes[value];
  const options = keysOf(channelWords).map((value) => ({
    value,
    label: channelWords[value],
    note: noteOf(value),
    isDisabled: value === 'sms' && sms !== undefined && !hasSms,
  }));
  const others = options.filter(({ value }) => value !== channel);
  return (
    <Card title="How it is sent">
      <div className="flex flex-col gap-5">
        <RadioGroup
          label="Channel"
          options={options}
          value={channel}
          onChange={(next) =>
            onChange({
              channel: next,
              fallbackChannel: fallbackChannel === next ? null : fallbackChannel,
            })
          }
        />
        <div className="grid gap-4 sm:grid-cols-2">
          <Select
            label="Where that reaches nobody"
            options={[
              { value: 'none', label: 'Leave it at that' },
              ...others.map(({ value, label, isDisabled }) => ({
                value,
                label: `Send as ${label.toLowerCase()}`,
                isDisabled,
              })),
            ]}
            value={fallbackChannel ?? 'none'}
            onChange={(next) => onChange({ fallbackChannel: next === 'none' ? null : next })}
          />
          {fallbackChannel ? (
            <Select
              label="When"
              options={[
                { value: 'bounce', label: 'When it came back or there is no address' },
                { value: 'wait', label: 'Also without a sign of delivery' },
              ]}
              value={fallbackAfterHours === null ? 'bounce' : 'wait'}
              onChange={(next) => onChange({ fallbackAfterHours: next === 'wait' ? 24 : null })}
            />
          ) : null}
          {fallbackChannel && fallbackAfterHours !== null ? (
            <NumberField
              label="Hours to wait for that sign"
              minValue={1}
              maxValue={720}
              value={fallbackAfterHours}
              onChange={(hours) => onChange({ fallbackAfterHours: hours })}
            />
          ) : null}
        </div>
        <Select
          label="Purpose"
          description="Stricter law binds what promotes something: see the check before sending."
          options={optionsOf(purposeWords)}
          value={purpose}
          onChange={(next) => onChange({ purpose: next })}
        />
      </div>
    </Card>
  );
}
