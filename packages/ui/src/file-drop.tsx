import { FileUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { DropZone, FileTrigger, isFileDropItem } from 'react-aria-components';
import { Button } from './button.tsx';

export interface FileDropProps {
  /** MIME types or extensions, e.g. `['.csv', '.xlsx']`. */
  accept: readonly string[];
  onFile: (file: File) => void;
  title: ReactNode;
  note?: ReactNode;
  isDisabled?: boolean;
}

/** One file, dropped, pasted or chosen with a button. */
export function FileDrop({ accept, onFile, title, note, isDisabled }: FileDropProps) {
  return (
    <DropZone
      isDisabled={isDisabled}
      onDrop={async (event) => {
        const item = event.items.find(isFileDropItem);
        if (item) onFile(await item.getFile());
      }}
      className="flex flex-col items-center gap-3 rounded-xl border-2 border-line-strong/60 border-dashed bg-sunken px-6 py-12 text-center transition-colors data-drop-target:border-accent data-drop-target:bg-accent-soft"
    >
      <FileUp aria-hidden="true" className="size-8 text-accent-ink" strokeWidth={1.5} />
      <p className="font-display text-ink text-xl">{title}</p>
      {note ? <p className="max-w-md text-ink-soft text-sm">{note}</p> : null}
      <FileTrigger
        acceptedFileTypes={accept}
        onSelect={(files) => {
          const file = files?.[0];
          if (file) onFile(file);
        }}
      >
        <Button variant="primary" isDisabled={isDisabled}>
          Choose a file
        </Button>
      </FileTrigger>
    </DropZone>
  );
}
