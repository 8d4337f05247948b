import type { ReactElement, ReactNode } from 'react';
import {
  Popover as AriaPopover,
  type PopoverProps as AriaPopoverProps,
  DialogTrigger,
} from 'react-aria-components';
import { popoverStyle } from './list-style.tsx';

export interface PopoverProps {
  trigger: ReactElement;
  /** Names the panel for screen readers. */
  label: string;
  children: ReactNode;
  placement?: AriaPopoverProps['placement'];
}

/**
 * A small panel anchored to a button. The popover itself is the dialog, so that its hidden closing
 * buttons lie inside it.
 */
export function Popover({ trigger, label, children, placement = 'bottom start' }: PopoverProps) {
  return (
    <DialogTrigger>
      {trigger}
      <AriaPopover
        aria-label={label}
        placement={placement}
        className={`${popoverStyle} max-w-[min(26rem,94vw)]`}
      >
        <div className="max-h-[70dvh] overflow-auto p-4">{children}</div>
      </AriaPopover>
    </DialogTrigger>
  );
}
