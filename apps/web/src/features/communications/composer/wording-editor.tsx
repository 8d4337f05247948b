import { skipToken, useQuery } from '@tanstack/react-query';
import type { MessageChannel, Wording } from '@wedsync/contracts/communications-templates';
import { Button } from '@wedsync/ui/button';
import { Menu, MenuItem } from '@wedsync/ui/menu';
import { RadioGroup } from '@wedsync/ui/radio-group';
import { notifyUndo } from '@wedsync/ui/toast';
import { useDebounced } from '@wedsync/ui/use-debounced';
import { Languages, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { trpc } from '../../../lib/trpc.ts';
import { languageOptions } from '../../weddings/place-options.ts';
import { channelWords, languageWords } from '../message-words.ts';
import { WordingFields } from './wording-fields.tsx';
import { addLanguage, languagesOf, putWording, wordingOf } from './wordings.ts';

interface WordingEditorProps {
  weddingId: string;
  wordings: readonly Wording[];
  defaultLanguage: string;
  /** The channels that need a text. */
  channels: readonly MessageChannel[];
  onChange: (wordings: Wording[]) => void;
}

const typingPauseMs = 500;

/** Every text of a message: one for each channel in each language. */
export function WordingEditor(props: WordingEditorProps) {
  const { weddingId, wordings, defaultLanguage, channels, onChange } = props;
  const [shownChannel, setChannel] = useState(channels[0] ?? 'email');
  const [shownLanguage, setLanguage] = useState(defaultLanguage);
  const languages = languagesOf(wordings, defaultLanguage);
  const channel = channels.includes(shownChannel) ? shownChannel : (channels[0] ?? 'email');
  const language = languages.includes(shownLanguage) ? shownLanguage : defaultLanguage;
  const wording = wordingOf(wordings, channel, language);
  const settled = useDebounced(wording, typingPauseMs);
  const { data } = useQuery(
    trpc.communications.checkWording.queryOptions(
      settled.body.trim() ? { weddingId, wordings: [settled] } : skipToken,
      { placeholderData: (previous) => previous },
    ),
  );
  const issues = data?.issues.filter(
    (issue) => issue.channel === channel && issue.language === language,
  );
  const remove = () => {
    const before = [...wordings];
    onChange(wordings.filter((one) => one.language !== language));
    setLanguage(defaultLanguage);
    notifyUndo(`${languageWords(language)} is taken away`, () => onChange(before));
  };
  return (
    <div className="flex flex-col gap-4">
      {channels.length > 1 ? (
        <RadioGroup
          label="Text for"
          look="segments"
          orientation="horizontal"
          options={channels.map((value) => ({ value, label: channelWords[value] }))}
          value={channel}
          onChange={setChannel}
        />
      ) : null}
      <div className="flex flex-wrap items-end gap-2">
        {languages.length > 1 ? (
          <RadioGroup
            label="Language"
            look="segments"
            orientation="horizontal"
            options={languages.map((value) => ({ value, label: languageWords(value) }))}
            value={language}
            onChange={setLanguage}
          />
        ) : null}
        <Menu
          label="Add a language"
          placement="bottom start"
          trigger={
            <Button size="sm">
              <Languages aria-hidden="true" />
              Add a language…
            </Button>
          }
        >
          {languageOptions()
            .filter(({ value }) => !languages.includes(value))
            .map((option) => (
              <MenuItem
                key={option.value}
                onAction={() => {
                  onChange(addLanguage(wordings, defaultLanguage, option.value));
                  setLanguage(option.value);
                }}
              >
                {option.label}
              </MenuItem>
            ))}
        </Menu>
        {language === defaultLanguage ? null : (
          <Button size="sm" variant="quiet" onPress={remove}>
            <Trash2 aria-hidden="true" />
            Take {languageWords(language)} away
          </Button>
        )}
      </div>
      <WordingFields
        key={`${channel} ${language}`}
        wording={wording}
        issues={issues ?? []}
        onChange={(next) => onChange(putWording(wordings, next))}
      />
    </div>
  );
}
