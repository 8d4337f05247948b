import { Link as AriaLink, type LinkProps as AriaLinkProps } from 'react-aria-components';
import { tv, type VariantProps } from 'tailwind-variants/lite';

const style = tv({
  base: 'cursor-pointer rounded-sm',
  variants: {
    variant: {
      text: 'text-accent-ink underline decoration-1 underline-offset-3 data-hovered:decoration-2',
      quiet: 'text-ink no-underline data-hovered:underline',
    },
  },
  defaultVariants: { variant: 'text' },
});

export interface LinkProps
  extends Omit<AriaLinkProps, 'className' | 'style'>,
    VariantProps<typeof style> {
  className?: string;
}

/** A link. Inside a `RouterProvider` it navigates without a page load. */
export function Link({ variant, className, ...props }: LinkProps) {
  return <AriaLink {...props} className={style({ variant, className })} />;
}
