import type {
  Wording,
  WordingFormat,
  WordingIssue,
} from '@wedsync/contracts/communications-templates';
import { Button } from '@wedsync/ui/button';
import { Callout } from '@wedsync/ui/callout';
import { Menu, MenuItem } from '@wedsync/ui/menu';
import { RadioGroup } from '@wedsync/ui/radio-group';
import { TextArea } from '@wedsync/ui/text-area';
import { TextField } from '@wedsync/ui/text-field';
import { Braces } from 'lucide-react';
import { useRef } from 'react';
import { keysOf } from '../../../lib/keys-of.ts';
import { mergeFieldWords } from '../message-words.ts';
import { SmsCounter } from './sms-counter.tsx';

interface WordingFieldsProps {
  wording: Wording;
  onChange: (wording: Wording) => void;
  /** What is wrong with exactly this text. */
  issues: readonly WordingIssue[];
  /** Lines of an e-mail's text at first; a letter to one guest is shorter. */
  rows?: number;
}

const rowsDefault = 14;

const formats: { value: WordingFormat; label: string }[] = [
  { value: 'text', label: 'Plain words' },
  { value: 'mjml', label: 'Layout (MJML)' },
];

const mjmlStart = (body: string) =>
  body.trimStart().startsWith('<mjml')
    ? body
    : `<mjml>\n  <mj-body>\n    <mj-section>\n      <mj-column>\n${body
        .split(/\n{2,}/)
        .map((paragraph) => `        <mj-text>${paragraph.replaceAll('\n', '<br />')}</mj-text>`)
        .join('\n')}\n      </mj-column>\n    </mj-section>\n  </mj-body>\n</mjml>\n`;

/** Subject and text of one channel in one language, with fields that are filled in for each guest. */
export function WordingFields(props: WordingFieldsProps) {
  const { wording, onChange, issues, rows = rowsDefault } = props;
  const boxRef = useRef<HTMLDivElement>(null);
  const { channel, format, subject, body } = wording;
  const insert = (name: string) => {
    const area = boxRef.current?.querySelector('textarea');
    const at = area?.selectionStart ?? body.length;
    const token = `{{ ${name} }}`;
    const text = body.slice(0, at) + token + body.slice(area?.selectionEnd ?? at);
    onChange({ ...wording, body: text });
    // After React has written the new text, the cursor belongs behind what was put in.
    requestAnimationFrame(() => {
      area?.focus();
      area?.setSelectionRange(at + token.length, at + token.length);
    });
  };
  const reformat = (next: WordingFormat) =>
    onChange({ ...wording, format: next, body: next === 'mjml' ? mjmlStart(body) : body });
  return (
    <div ref={boxRef} className="flex flex-col gap-4">
      {channel === 'email' ? (
        <TextField
          label="Subject"
          name="subject"
          value={subject}
          onChange={(next) => onChange({ ...wording, subject: next })}
        />
      ) : null}
      <TextArea
        label="Text"
        name="body"
        rows={channel === 'email' ? rows : 5}
        className={format === 'mjml' ? '[&_textarea]:font-mono [&_textarea]:text-sm' : ''}
        value={body}
        onChange={(next) => onChange({ ...wording, body: next })}
      />
      {channel === 'sms' ? <SmsCounter text={body} /> : null}
      <Issues issues={issues} />
      <div className="flex flex-wrap items-center justify-between gap-3">
        <Menu
          label="Put in a field"
          placement="bottom start"
          trigger={
            <Button size="sm">
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
        {channel === 'email' ? (
          <RadioGroup
            label="How the text is written"
            isLabelHidden
            look="segments"
            orientation="horizontal"
            options={formats}
            value={format}
            onChange={reformat}
          />
        ) : null}
      </div>
    </div>
  );
}

function Issues({ issues }: { issues: readonly WordingIssue[] }) {
  if (issues.length === 0) return null;
  return (
    <Callout tone="critical" isLive title="This text cannot be sent yet">
      <ul className="m-0 list-none space-y-1 p-0">
        {issues.map(({ path, line, message }) => (
          <li key={`${path}-${line}-${message}`}>
            {path === 'subject' ? 'Subject' : `Line ${line}`}: {message}
          </li>
        ))}
      </ul>
    </Callout>
  );
}
