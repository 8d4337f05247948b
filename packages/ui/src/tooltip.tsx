import type { ReactElement, ReactNode } from 'react';
import { Tooltip as AriaTooltip, TooltipTrigger } from 'react-aria-components';

interface TooltipProps {
  text: ReactNode;
  children: ReactElement;
  placement?: 'top' | 'bottom' | 'left' | 'right';
}

/** Extra words for a focusable element, on hover and on keyboard focus. */
export function Tooltip({ text, children, placement = 'top' }: TooltipProps) {
  return (
    <TooltipTrigger delay={500} closeDelay={80}>
      {children}
      <AriaTooltip
        placement={placement}
        offset={6}
        className="max-w-72 animate-fade-in rounded-md bg-frame px-2.5 py-1.5 text-frame-ink text-xs shadow-float"
      >
        {text}
      </AriaTooltip>
    </TooltipTrigger>
  );
}
