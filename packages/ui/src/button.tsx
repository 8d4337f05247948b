import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';
import { tv, type VariantProps } from 'tailwind-variants/lite';

/** Look shared by buttons and by links that stand among buttons. */
export const buttonStyle = tv({
  base: [
    'inline-flex shrink-0 cursor-pointer select-none items-center justify-center gap-2 rounded-md',
    'whitespace-nowrap border font-medium no-underline transition-colors',
    'data-disabled:cursor-not-allowed data-disabled:opacity-50 [&_svg]:shrink-0',
  ],
  variants: {
    variant: {
      primary: [
        'border-transparent bg-accent text-on-accent',
        'data-hovered:bg-accent-hover data-pressed:bg-accent-hover',
      ],
      secondary: [
        'border-line-strong/60 bg-surface text-ink shadow-card',
        'data-hovered:bg-hover data-pressed:bg-hover',
      ],
      quiet:
        'border-transparent bg-transparent text-ink data-hovered:bg-hover data-pressed:bg-hover',
      danger: [
        'border-transparent bg-critical text-on-critical',
        'data-hovered:bg-critical-hover data-pressed:bg-critical-hover',
      ],
    },
    size: {
      sm: 'h-8 px-2.5 text-sm [&_svg]:size-4',
      md: 'h-9.5 px-3.5 text-base [&_svg]:size-4.5',
      lg: 'h-11 px-5 text-base [&_svg]:size-5',
    },
    isWide: { true: 'w-full' },
  },
  defaultVariants: { variant: 'secondary', size: 'md' },
});

export interface ButtonProps
  extends Omit<AriaButtonProps, 'className' | 'style'>,
    VariantProps<typeof buttonStyle> {
  className?: string;
}

/**
 * A push button. `isPending` keeps focus, blocks repeated presses and announces the wait; say what
 * is happening in the label ("Saving…").
 */
export function Button({ variant, size, isWide, className, ...props }: ButtonProps) {
  return (
    <AriaButton
      {...props}
      className={buttonStyle({
        variant,
        size,
        isWide,
        className: [props.isPending && 'cursor-progress opacity-70', className],
      })}
    />
  );
}
