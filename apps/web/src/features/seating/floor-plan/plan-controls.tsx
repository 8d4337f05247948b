import { IconButton } from '@wedsync/ui/icon-button';
import { Popover } from '@wedsync/ui/popover';
import { CircleHelp, Maximize, Minus, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import type { PlanView } from './plan-view.ts';

const step = 1.35;
const buttonStyle = 'size-11 sm:size-9';

/** Zoom, fit, and what the marks mean: over the lower right corner of the plan. */
export function PlanControls({ view }: { view: PlanView }) {
  return (
    <div className="absolute right-2 bottom-2 flex overflow-hidden rounded-lg sm:right-3 sm:bottom-3 sm:flex-col border border-line bg-raised shadow-card">
      <IconButton label="Zoom in" className={buttonStyle} onPress={() => view.zoomBy(step)}>
        <Plus aria-hidden="true" />
      </IconButton>
      <IconButton label="Zoom out" className={buttonStyle} onPress={() => view.zoomBy(1 / step)}>
        <Minus aria-hidden="true" />
      </IconButton>
      <IconButton label="Show the whole room" className={buttonStyle} onPress={() => view.fit()}>
        <Maximize aria-hidden="true" />
      </IconButton>
      <Popover
        label="What the marks mean"
        placement="top end"
        trigger={
          <IconButton label="What the marks mean" className={buttonStyle}>
            <CircleHelp aria-hidden="true" />
          </IconButton>
        }
      >
        <Legend />
      </Popover>
    </div>
  );
}

function Mark({ children, words }: { children: ReactNode; words: string }) {
  return (
    <li className="flex items-center gap-3">
      <svg viewBox="-12 -12 24 24" className="size-6 shrink-0" aria-hidden="true">
        {children}
      </svg>
      {words}
    </li>
  );
}

function Legend() {
  return (
    <div className="space-y-3 text-sm">
      <ul className="m-0 list-none space-y-1.5 p-0">
        <Mark words="Free seat">
          <circle r={9} className="fill-surface stroke-line-strong [stroke-dasharray:3_3]" />
        </Mark>
        <Mark words="Guest who is coming">
          <circle r={9} className="fill-accent-soft stroke-accent-ink" />
        </Mark>
        <Mark words="Has not said yes yet">
          <circle r={9} className="fill-caution-soft stroke-caution" />
        </Mark>
        <Mark words="Has declined and still has a seat">
          <circle r={9} className="fill-critical-soft stroke-critical" />
        </Mark>
        <Mark words="Allergy">
          <path d="M0 -9 L9 7 L-9 7 Z" className="fill-critical" />
          <path d="M0 -3 V2 M0 4.6 V4.7" className="stroke-2 stroke-on-critical" />
        </Mark>
        <Mark words="Diet">
          <path d="M-6 6 C-9 -4 -1 -9 8 -8 C9 2 4 9 -4 6 Z" className="fill-positive" />
        </Mark>
        <Mark words="Accessibility">
          <rect x={-8} y={-8} width={16} height={16} rx={3} className="fill-info" />
          <path d="M0 -3 V2 H4 L5 5" className="fill-none stroke-2 stroke-surface" />
        </Mark>
        <Mark words="Locked: moved by nobody">
          <circle r={9} className="fill-ink" />
          <rect x={-4} y={-1} width={8} height={6} rx={1} className="fill-surface" />
          <path
            d="M-2.5 -1 V-3 A2.5 2.5 0 0 1 2.5 -3 V-1"
            className="fill-none stroke-2 stroke-surface"
          />
        </Mark>
      </ul>
      <p className="mt-3 max-w-72 text-ink-soft">
        Drag a guest to a seat or table; hold Alt to take the household along. Or press a guest,
        then a free seat. With the keyboard: arrow keys, Enter to pick up and put down, H for the
        household, Delete to free a seat, L to lock.
      </p>
    </div>
  );
}
