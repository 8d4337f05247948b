import { Button } from '@wedsync/ui/button';
import { Checkbox } from '@wedsync/ui/checkbox';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { saveFile } from '../../lib/save-file.ts';

/** The codes for the day the phone is lost; shown once. */
export function RecoveryCodes({ codes, onKept }: { codes: string[]; onKept: () => void }) {
  const [isKept, setKept] = useState(false);
  return (
    <div className="flex flex-col gap-4">
      <p>
        Keep these recovery codes in a safe place. Each opens your account once when the phone is
        not at hand. They are not shown again.
      </p>
      <ul className="m-0 grid list-none grid-cols-2 gap-2 rounded-lg bg-sunken p-4 font-mono">
        {codes.map((code) => (
          <li key={code} className="select-all">
            {code}
          </li>
        ))}
      </ul>
      <Button
        className="self-start"
        onPress={() => saveFile('wedsync-recovery-codes.txt', codes.join('\n'), 'text/plain')}
      >
        <Download aria-hidden="true" />
        Save as a file
      </Button>
      <Checkbox isSelected={isKept} onChange={setKept}>
        I have kept them
      </Checkbox>
      <Button variant="primary" isDisabled={!isKept} onPress={onKept}>
        Done
      </Button>
    </div>
  );
}
