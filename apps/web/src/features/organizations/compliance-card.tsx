import { useMutation, useQuery } from '@tanstack/react-query';
import type { ComplianceLine } from '@wedsync/contracts/communications-integrity';
import { Button } from '@wedsync/ui/button';
import { Card } from '@wedsync/ui/card';
import { FailureState, notifyFailure } from '@wedsync/ui/failure-view';
import { RadioGroup } from '@wedsync/ui/radio-group';
import { saveFile } from '@wedsync/ui/save-file';
import { SkeletonRows } from '@wedsync/ui/skeleton';
import { StatusDot, type StatusTone } from '@wedsync/ui/status-dot';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { formatMoment, plural } from '../../lib/format.ts';
import { queryClient } from '../../lib/query-client.ts';
import { trpc } from '../../lib/trpc.ts';

const verdicts: Record<ComplianceLine['verdict'], [StatusTone, string]> = {
  kept: ['positive', 'Kept'],
  broken: ['critical', 'Broken'],
  unproven: ['neutral', 'Nothing shows it'],
};

const spans = [
  { value: '30', label: 'A month' },
  { value: '90', label: 'A quarter' },
  { value: '365', label: 'A year' },
] as const;

const dayMs = 24 * 3_600_000;
const dayOf = (atMs: number) => new Date(atMs).toISOString().slice(0, 10);

/** How the company stands to the law on mass mail and personal data, with what shows it. */
export function ComplianceCard({ orgId }: { orgId: string }) {
  const [days, setDays] = useState<(typeof spans)[number]['value']>('90');
  const [now] = useState(() => Date.now());
  const period = { orgId, from: dayOf(now - Number(days) * dayMs), to: dayOf(now) };
  const report = useQuery({
    ...trpc.communications.getComplianceReport.queryOptions(period),
    placeholderData: (previous) => previous,
  });
  const { data } = report;
  return (
    <Card
      title="Rules for mass mail and personal data"
      note={
        data
          ? `${plural(data.messagesSent, 'message')} of ${plural(data.weddings, 'wedding')}, as of ${formatMoment(data.preparedAt)}`
          : undefined
      }
      actions={<ExportButtons period={period} />}
    >
      <RadioGroup
        label="Time"
        isLabelHidden
        look="segments"
        orientation="horizontal"
        options={spans}
        value={days}
        onChange={setDays}
        className="mb-4"
      />
      {report.error ? (
        <FailureState error={report.error} onRetry={() => void report.refetch()} />
      ) : data ? (
        <ul className="m-0 list-none space-y-3 p-0">
          {data.lines.map(({ law, rule, title, verdict, evidence }) => (
            <li key={`${law} ${rule} ${title}`}>
              <div className="flex flex-wrap items-baseline justify-between gap-x-4">
                <StatusDot tone={verdicts[verdict][0]} isLong>
                  {title}: {verdicts[verdict][1].toLowerCase()}
                </StatusDot>
                <span className="text-ink-soft text-sm">
                  {law}, {rule}
                </span>
              </div>
              <p className="wrap-anywhere text-ink-soft text-sm">{evidence}</p>
            </li>
          ))}
        </ul>
      ) : (
        <SkeletonRows rows={4} label="The report is loading" />
      )}
    </Card>
  );
}

interface ExportButtonsProps {
  period: { orgId: string; from: string; to: string };
}

function ExportButtons({ period }: ExportButtonsProps) {
  // Asked for by a press, so it is a reading that runs like an action.
  const save = useMutation({
    mutationFn: (format: 'csv' | 'json') =>
      queryClient.fetchQuery(
        trpc.communications.exportComplianceReport.queryOptions({ ...period, format }),
      ),
    onSuccess: ({ fileName, content, type }) => saveFile(fileName, content, type),
    onError: (error) => notifyFailure('The report was not made', error),
  });
  return (
    <>
      {(['csv', 'json'] as const).map((format) => (
        <Button key={format} size="sm" onPress={() => save.mutate(format)}>
          <Download aria-hidden="true" />
          {format.toUpperCase()}
        </Button>
      ))}
    </>
  );
}
