import { Badge } from '@wedsync/ui/badge';
import { BadgeCheck, Ruler } from 'lucide-react';
import { gapWords } from './run-words.ts';

/** How close a plan is to the best there can be; `withNote` explains what that means. */
export function GapBadge({ gap, withNote }: { gap: number | null; withNote?: boolean }) {
  const { text, note, tone } = gapWords(gap);
  const Icon = gap !== null && gap <= 0 ? BadgeCheck : Ruler;
  return (
    <div>
      <Badge tone={tone}>
        {gap === null ? null : <Icon aria-hidden="true" />}
        {text}
      </Badge>
      {withNote ? <p className="mt-1 text-ink-soft text-sm">{note}</p> : null}
    </div>
  );
}
