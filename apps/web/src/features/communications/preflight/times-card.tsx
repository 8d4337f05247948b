import type { Preflight } from '@wedsync/contracts/communications-control';
import { Card } from '@wedsync/ui/card';
import { StatusDot } from '@wedsync/ui/status-dot';
import { Table, type TableColumn } from '@wedsync/ui/table';
import { formatCount, formatMoment, formatWallTime, plural } from '../../../lib/format.ts';
import { useWedding } from '../../../lib/wedding.ts';

type LocalTime = Preflight['localTimes'][number];

const bases: Record<Preflight['rate']['basis'], string> = {
  limit: 'the limit that is set',
  measured: 'the speed of the last sendings',
  assumed: 'a careful guess, as nothing was sent yet',
};

const columns: TableColumn<LocalTime>[] = [
  {
    id: 'zone',
    header: 'Where guests are',
    isRowHeader: true,
    cell: ({ timeZone }) => timeZone.replaceAll('_', ' ').replaceAll('/', ', '),
  },
  { id: 'guests', header: 'Guests', align: 'end', cell: ({ guests }) => formatCount(guests) },
  {
    id: 'time',
    header: 'Their clock',
    cell: ({ localTime, quiet }) =>
      quiet ? (
        <StatusDot tone="caution" isLong>
          {formatWallTime(localTime)}, quiet hours
        </StatusDot>
      ) : (
        <span className="tabular">{formatWallTime(localTime)}</span>
      ),
  },
];

/** When the first one leaves, when the last one is through, and what clocks show there. */
export function TimesCard({ weddingId, preflight }: { weddingId: string; preflight: Preflight }) {
  const { wedding } = useWedding(weddingId);
  const { startsAt, finishesAt, rate, localTimes } = preflight;
  const isNow = Date.parse(startsAt) <= Date.now() + 60_000;
  return (
    <Card title="When" note={`The wedding’s zone is ${wedding.timeZone.replaceAll('_', ' ')}.`}>
      <p>
        Begins {isNow ? 'as soon as you send it' : formatMoment(startsAt)}
        {finishesAt ? ` and is through about ${formatMoment(finishesAt)}` : ''}.
      </p>
      <p className="mt-1 text-ink-soft text-sm">
        {plural(Math.round(rate.perSecond), 'message')} a second, from {bases[rate.basis]}.
      </p>
      {localTimes.length > 0 ? (
        <div className="-mx-5 mt-4">
          <Table
            label="Local times at the start"
            columns={columns}
            rows={localTimes}
            rowId={({ timeZone }) => timeZone}
          />
        </div>
      ) : null}
    </Card>
  );
}
