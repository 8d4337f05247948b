import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

export type CalloutTone = 'info' | 'caution' | 'critical' | 'positive';

const looks = {
  info: { icon: Info, box: 'bg-info-soft', mark: 'text-info' },
  caution: { icon: TriangleAlert, box: 'bg-caution-soft', mark: 'text-caution' },
  critical: { icon: CircleAlert, box: 'bg-critical-soft', mark: 'text-critical' },
  positive: { icon: CircleCheck, box: 'bg-positive-soft', mark: 'text-positive' },
};

interface CalloutProps {
  tone: CalloutTone;
  title?: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  /** Announces it when it appears; for the answer to something the person just did. */
  isLive?: boolean;
}

/** A remark that stands in the flow of the page. */
export function Callout({ tone, title, children, actions, isLive }: CalloutProps) {
  const { icon: Icon, box, mark } = looks[tone];
  return (
    <div
      role={isLive ? 'alert' : undefined}
      className={`flex gap-3 rounded-lg px-4 py-3 text-base text-ink ${box}`}
    >
      <Icon aria-hidden="true" className={`mt-0.5 size-5 shrink-0 ${mark}`} />
      <div className="min-w-0 flex-1">
        {title ? <p className="font-semibold">{title}</p> : null}
        {children}
        {actions ? <div className="mt-2.5 flex flex-wrap gap-2">{actions}</div> : null}
      </div>
    </div>
  );
}
