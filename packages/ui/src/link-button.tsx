import { Link as AriaLink, type LinkProps as AriaLinkProps } from 'react-aria-components';
import type { VariantProps } from 'tailwind-variants/lite';
import { buttonStyle } from './button.tsx';

export interface LinkButtonProps
  extends Omit<AriaLinkProps, 'className' | 'style'>,
    VariantProps<typeof buttonStyle> {
  className?: string;
}

/** A link that looks like a button: it goes somewhere, it does nothing. */
export function LinkButton({ variant, size, isWide, className, ...props }: LinkButtonProps) {
  return <AriaLink {...props} className={buttonStyle({ variant, size, isWide, className })} />;
}
