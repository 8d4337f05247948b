import { Button } from '@wedsync/ui/button';
import { Menu, MenuItem } from '@wedsync/ui/menu';
import { TextArea } from '@wedsync/ui/text-area';
import { TextField } from '@wedsync/ui/text-field';
import { Braces } from 'lucide-react';
import { useRef } from 'react';
import { keysOf } from '../../lib/keys-of.ts';
import { mergeFieldWords } from './message-words.ts';
import type { MessageDraft } from './use-message-draft.ts';

interface WordingFieldsProps {
  draft: MessageDraft;
  onChange: (patch: Partial<MessageDraft>) => void;
}

/** Subject and text, with fields that are filled in for each guest. */
export function WordingFields({ draft, onChange }: WordingFieldsProps) {
  const boxRef = useRef<HTMLDivElement>(null);
  const insert = (name: string) => {
    const area = boxRef.current?.querySelector('textarea');
    const at = area?.selectionStart ?? draft.body.length;
    const token = `{{ ${name} }}`;
    onChange({
      body: draft.body.slice(0, at) + token + draft.body.slice(area?.selectionEnd ?? at),
    });
    // After React has written the new text, the cursor belongs behind what was put in.
    requestAnimationFrame(() => {
      area?.focus();
      area?.setSelectionRange(at + token.length, at + token.length);
    });
  };
  return (
    <div ref={boxRef} className="flex flex-col gap-4">
      <TextField
        label="Title"
        description="Only you see it."
        name="title"
        value={draft.title}
        onChange={(title) => onChange({ title })}
      />
      <TextField
        label="Subject"
        name="subject"
        value={draft.subject}
        onChange={(subject) => onChange({ subject })}
      />
      <TextArea
        label="Text"
        name="body"
        rows={14}
        value={draft.body}
        onChange={(body) => onChange({ body })}
      />
      <Menu
        label="Put in a field"
        placement="bottom start"
        trigger={
          <Button size="sm" className="self-start">
            <Braces aria-hidden="true" />
            Put in a field…
          </Button>
        }
      >
        {keysOf(mergeFieldWords).map((name) => (
          <MenuItem key={name} onAction={() => insert(name)}>
            {mergeFieldWords[name]}
          </MenuItem>
        ))}
      </Menu>
      <TextField
        label="Replies go to"
        name="replyTo"
        type="email"
        placeholder="The address of your company"
        value={draft.replyTo}
        onChange={(replyTo) => onChange({ replyTo })}
      />
    </div>
  );
}
