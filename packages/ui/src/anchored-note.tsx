import type { ReactNode, RefObject } from 'react';
import { Popover } from 'react-aria-components';
import { popoverStyle } from './list-style.tsx';

interface AnchoredNoteProps {
  /** Names the note for screen readers. */
  label: string;
  /** What the note speaks of; it stands beside it, over everything else. */
  anchorRef: RefObject<HTMLElement | null>;
  children: ReactNode;
}

/** A remark on one thing of the page that waits for an answer and blocks nothing meanwhile. */
export function AnchoredNote({ label, anchorRef, children }: AnchoredNoteProps) {
  return (
    <Popover
      isOpen
      isNonModal
      triggerRef={anchorRef}
      placement="bottom start"
      className={`${popoverStyle} w-72 p-3 text-sm`}
    >
      <section aria-label={label}>
        <div role="alert">{children}</div>
      </section>
    </Popover>
  );
}
