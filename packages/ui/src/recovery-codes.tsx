import { Copy, Download } from 'lucide-react';
import { useState } from 'react';
import { Button } from './button.tsx';
import { Callout } from './callout.tsx';
import { Checkbox } from './checkbox.tsx';
import { saveFile } from './save-file.tsx';
import { notify } from './toast.tsx';

/** The way back in when the phone is lost; shown once. */
export function RecoveryCodes({ codes, onKept }: { codes: string[]; onKept: () => void }) {
  const [isKept, setKept] = useState(false);
  const text = codes.join('\n');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      notify({ tone: 'done', title: 'The codes are copied' });
    } catch {
      notify({ tone: 'problem', title: 'Copying is not allowed here', detail: 'Write them down.' });
    }
  };
  return (
    <div className="flex flex-col gap-4">
      <Callout tone="caution" title="Keep these recovery codes">
        Each opens your account once, should you lose the app. They are not shown again.
      </Callout>
      <ul className="m-0 grid list-none grid-cols-2 gap-x-6 gap-y-1.5 rounded-lg bg-sunken px-5 py-4 font-mono text-sm">
        {codes.map((code) => (
          <li key={code} className="select-all">
            {code}
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <Button onPress={copy}>
          <Copy aria-hidden="true" />
          Copy all
        </Button>
        <Button onPress={() => saveFile('wedsync-recovery-codes.txt', text, 'text/plain')}>
          <Download aria-hidden="true" />
          Save as a file
        </Button>
      </div>
      <Checkbox isSelected={isKept} onChange={setKept}>
        I have kept them in a safe place
      </Checkbox>
      <Button variant="primary" size="lg" isDisabled={!isKept} onPress={onKept}>
        Go on
      </Button>
    </div>
  );
}
