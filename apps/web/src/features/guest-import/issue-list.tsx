import type { ImportIssue } from '@wedsync/contracts/guest-import';
import { Button } from '@wedsync/ui/button';
import { EmptyState } from '@wedsync/ui/empty-state';
import { StatusDot, type StatusTone } from '@wedsync/ui/status-dot';
import { useState } from 'react';

const tones: Record<ImportIssue['severity'], StatusTone> = {
  error: 'critical',
  warning: 'caution',
  info: 'info',
};
const severityWords = { error: 'Needs you', warning: 'Please check', info: 'For information' };
const rank = { error: 0, warning: 1, info: 2 };
const step = 100;

/** Everything worth knowing about the file, the serious things first. */
export function IssueList({ issues }: { issues: readonly ImportIssue[] }) {
  const [shown, setShown] = useState(step);
  if (issues.length === 0) return <EmptyState title="Everything was understood" />;
  const ordered = [...issues].sort((a, b) => rank[a.severity] - rank[b.severity]);
  return (
    <>
      <ul className="m-0 list-none divide-y divide-line rounded-xl border border-line bg-surface p-0 shadow-card">
        {ordered.slice(0, shown).map((issue) => (
          <li
            key={`${issue.code}-${issue.row}-${issue.column}-${issue.message}`}
            className="grid gap-x-4 px-4 py-3 sm:grid-cols-[9rem_8rem_1fr]"
          >
            <StatusDot tone={tones[issue.severity]}>{severityWords[issue.severity]}</StatusDot>
            <span className="text-ink-soft text-sm">
              {issue.row === null ? 'Whole file' : `Row ${issue.row}`}
              {issue.column ? `, ${issue.column}` : ''}
            </span>
            <span>
              {issue.message} <span className="text-ink-soft">{issue.remedy}</span>
            </span>
          </li>
        ))}
      </ul>
      {shown < ordered.length ? (
        <Button className="mt-3" onPress={() => setShown(shown + step)}>
          Show more remarks
        </Button>
      ) : null}
    </>
  );
}
