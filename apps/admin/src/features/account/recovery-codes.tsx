import { Button } from '@wedsync/ui/button';
import { Callout } from '@wedsync/ui/callout';
import { Checkbox } from '@wedsync/ui/checkbox';
import { notify } from '@wedsync/ui/toast';
import { Copy } from 'lucide-react';
import { useState } from 'react';

/** The way back in when the phone is lost; shown once. */
export function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const [isKept, setKept] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(codes.join('\n'));
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
      <Button onPress={copy}>
        <Copy aria-hidden="true" />
        Copy all
      </Button>
      <Checkbox isSelected={isKept} onChange={setKept}>
        I have kept them in a safe place
      </Checkbox>
      <Button variant="primary" size="lg" isDisabled={!isKept} onPress={onDone}>
        Go on
      </Button>
    </div>
  );
}
