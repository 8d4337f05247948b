import type { ReactNode } from 'react';
import { tv, type VariantProps } from 'tailwind-variants/lite';

const style = tv({
  base: [
    'inline-flex max-w-full items-center gap-1 truncate rounded-full px-2 py-0.5 font-medium',
    'text-xs [&_svg]:size-3.5 [&_svg]:shrink-0',
  ],
  variants: {
    tone: {
      neutral: 'bg-hover text-ink-soft',
      accent: 'bg-accent-soft text-accent-ink',
      rose: 'bg-rose-soft text-rose',
      positive: 'bg-positive-soft text-positive',
      caution: 'bg-caution-soft text-caution',
      critical: 'bg-critical-soft text-critical',
      info: 'bg-info-soft text-info',
    },
  },
  defaultVariants: { tone: 'neutral' },
});

export type BadgeTone = NonNullable<VariantProps<typeof style>['tone']>;

/** A short word about a thing: a tag, a role, a state. */
export function Badge({ tone, children }: { tone?: BadgeTone; children: ReactNode }) {
  return <span className={style({ tone })}>{children}</span>;
}
