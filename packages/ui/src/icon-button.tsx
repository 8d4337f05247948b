import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';
import { tv, type VariantProps } from 'tailwind-variants/lite';
import { Tooltip } from './tooltip.tsx';

const style = tv({
  base: [
    'inline-flex shrink-0 cursor-pointer items-center justify-center rounded-md transition-colors',
    'data-disabled:cursor-not-allowed data-disabled:opacity-45',
  ],
  variants: {
    tone: {
      plain: 'text-ink-soft data-hovered:bg-hover data-hovered:text-ink data-pressed:bg-hover',
      frame: 'text-frame-soft data-hovered:bg-frame-hover data-hovered:text-frame-ink',
      danger: 'text-critical data-hovered:bg-critical-soft data-pressed:bg-critical-soft',
    },
    size: { sm: 'size-7 [&_svg]:size-4', md: 'size-9 [&_svg]:size-4.5' },
  },
  defaultVariants: { tone: 'plain', size: 'md' },
});

export interface IconButtonProps
  extends Omit<AriaButtonProps, 'className' | 'style' | 'children' | 'aria-label'>,
    VariantProps<typeof style> {
  /** Spoken name and tooltip: an icon alone says nothing to many people. */
  label: string;
  children: ReactNode;
  className?: string;
}

/** A square button with an icon, a spoken name and the same name as tooltip. */
export function IconButton({ label, tone, size, className, children, ...props }: IconButtonProps) {
  return (
    <Tooltip text={label}>
      <AriaButton {...props} aria-label={label} className={style({ tone, size, className })}>
        {children}
      </AriaButton>
    </Tooltip>
  );
}
