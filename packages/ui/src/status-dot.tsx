import type { ReactNode } from 'react';

export type StatusTone = 'positive' | 'caution' | 'critical' | 'info' | 'neutral';

const shapes: Record<StatusTone, ReactNode> = {
  positive: <circle cx="6" cy="6" r="5" />,
  caution: <path d="M6 .8 11.6 11H.4Z" />,
  critical: <path d="M6 .4 11.6 6 6 11.6.4 6Z" />,
  info: <circle cx="6" cy="6" r="3.8" fill="none" stroke="currentColor" strokeWidth="2.4" />,
  neutral: <rect x="1" y="4.6" width="10" height="2.8" rx="1.4" />,
};

const tones: Record<StatusTone, string> = {
  positive: 'text-positive',
  caution: 'text-caution',
  critical: 'text-critical',
  info: 'text-info',
  neutral: 'text-ink-faint',
};

interface StatusDotProps {
  tone: StatusTone;
  children: ReactNode;
  /** A sentence rather than a word: it may take several lines. */
  isLong?: boolean;
}

/** A state told three ways: by shape, by colour and in words. */
export function StatusDot({ tone, children, isLong }: StatusDotProps) {
  return (
    <span
      className={`inline-flex gap-1.5 ${isLong ? 'items-baseline' : 'items-center whitespace-nowrap'}`}
    >
      <svg
        viewBox="0 0 12 12"
        aria-hidden="true"
        fill="currentColor"
        className={`size-2.5 shrink-0 ${tones[tone]}`}
      >
        {shapes[tone]}
      </svg>
      {children}
    </span>
  );
}
