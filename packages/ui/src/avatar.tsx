const tones = [
  'bg-accent-soft text-accent-ink',
  'bg-rose-soft text-rose',
  'bg-info-soft text-info',
  'bg-caution-soft text-caution',
  'bg-positive-soft text-positive',
];

/** First letters of the first and last word; "?" for an empty name. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined];
  const initials = letters.map((word) => (word ? Array.from(word)[0] : '')).join('');
  return initials.toLocaleUpperCase() || '?';
}

/** The same name always gets the same tone, so that people are told apart at a glance. */
function toneOf(name: string): string {
  let sum = 0;
  for (const char of name) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 9973;
  return tones[sum % tones.length] ?? '';
}

/** Initials of a person or couple; decorative, the name must stand beside it. */
export function Avatar({ name, size = 'md' }: { name: string; size?: 'sm' | 'md' | 'lg' }) {
  const sizes = { sm: 'size-7 text-xs', md: 'size-9 text-sm', lg: 'size-14 text-xl font-display' };
  return (
    <span
      aria-hidden="true"
      className={`inline-flex shrink-0 items-center justify-center rounded-full font-semibold ${sizes[size]} ${toneOf(name)}`}
    >
      {initialsOf(name)}
    </span>
  );
}
