import type { ReactElement, ReactNode } from 'react';
import {
  Popover as AriaPopover,
  type PopoverProps as AriaPopoverProps,
  Dialog,
  DialogTrigger,
} from 'react-aria-components';
import { popoverStyle } from './list-style.tsx';

export interface PopoverProps {
  trigger: ReactElement;
  /** Names the panel for screen readers. */
  label: string;
  children: ReactNode | ((close: () => void) => ReactNode);
  placement?: AriaPopoverProps['placement'];
}

/** A small panel anchored to a button. */
export function Popover({ trigger, label, children, placement = 'bottom start' }: PopoverProps) {
  return (
    <DialogTrigger>
      {trigger}
      <AriaPopover placement={placement} className={`${popoverStyle} max-w-[min(26rem,94vw)]`}>
        <Dialog aria-label={label} className="max-h-[70dvh] overflow-auto p-4 outline-none">
          {({ close }) => (typeof children === 'function' ? children(close) : children)}
        </Dialog>
      </AriaPopover>
    </DialogTrigger>
  );
}
