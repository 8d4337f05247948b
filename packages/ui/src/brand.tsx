/** The mark: two rings that hold each other. */
export function BrandMark({ className }: { className?: string }) {
  return (
    <svg
      viewBox="0 0 30 22"
      aria-hidden="true"
      fill="none"
      strokeWidth="2.2"
      className={className ?? 'h-5.5'}
    >
      <circle cx="11" cy="12.4" r="8" stroke="currentColor" />
      <path d="M14.5 4.1a8 8 0 1 1-.6 12.6" stroke="currentColor" className="opacity-55" />
    </svg>
  );
}

/** Mark and name; compact on a phone leaves the name to screen readers. */
export function Brand({ isCompact }: { isCompact?: boolean }) {
  return (
    <span className="inline-flex items-center gap-2.5 text-frame-ink">
      <BrandMark />
      <span className={`font-display text-xl tracking-tight ${isCompact ? 'max-md:sr-only' : ''}`}>
        WedSync
      </span>
    </span>
  );
}
