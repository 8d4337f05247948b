import type {
  MicroMoney,
  SmsCountryEstimate,
  SmsEstimate,
} from '@wedsync/contracts/communications-sms';
import { Card } from '@wedsync/ui/card';
import { Table, type TableColumn } from '@wedsync/ui/table';
import { formatCount, plural } from '../../../lib/format.ts';

const money = ({ micros, currency }: MicroMoney) =>
  new Intl.NumberFormat(navigator.language, { style: 'currency', currency }).format(
    micros / 1_000_000,
  );

const countryName = (code: string | null) =>
  code
    ? (new Intl.DisplayNames(navigator.language, { type: 'region' }).of(code) ?? code)
    : 'No country';

const columns: TableColumn<SmsCountryEstimate>[] = [
  { id: 'country', header: 'To', isRowHeader: true, cell: ({ country }) => countryName(country) },
  {
    id: 'recipients',
    header: 'Guests',
    align: 'end',
    cell: ({ recipients }) => formatCount(recipients),
  },
  {
    id: 'segments',
    header: 'Segments',
    align: 'end',
    cell: ({ segments }) => formatCount(segments),
  },
  {
    id: 'cost',
    header: 'Cost',
    align: 'end',
    cell: ({ cost }) => (cost ? money(cost) : 'No price known'),
  },
];

/** Never a sum that leaves something out without saying so. */
function costWords({ totals, unpriced, recipients }: SmsEstimate): string | undefined {
  if (recipients === 0) return undefined;
  const sum = totals.map(money).join(' and ');
  if (unpriced.recipients === 0) return `About ${sum} altogether`;
  const open = `${plural(unpriced.recipients, 'text')} (${plural(unpriced.segments, 'segment')})`;
  return totals.length > 0
    ? `At least ${sum}: for ${open} no price is known`
    : `No price is known for ${open}: whoever runs WedSync here can enter what the provider asks`;
}

/** What the carrier will bill: segments and cost by country, and how to make it cheaper. */
export function SmsCostCard({ estimate }: { estimate: SmsEstimate }) {
  const { segments, segmentsMax, countries, replacements, waiting } = estimate;
  const isCheaper = estimate.segmentsAfterReplacement < segments;
  return (
    <Card title="Text messages" note={costWords(estimate)}>
      <p>
        {plural(segments, 'segment')} a text
        {segmentsMax > segments ? `, up to ${segmentsMax} for some guests` : ''}.
        {waiting > 0
          ? ` ${plural(waiting, 'text')} ${waiting === 1 ? 'waits' : 'wait'} until 8:00 where the guest is.`
          : ''}
      </p>
      {isCheaper ? (
        <p className="mt-1 text-ink-soft text-sm">
          {replacements.map(({ from, to }) => `“${from}” as “${to}”`).join(', ')} would make it{' '}
          {plural(estimate.segmentsAfterReplacement, 'segment')}.
        </p>
      ) : null}
      <div className="-mx-5 mt-4">
        <Table
          label="Segments and cost by country"
          columns={columns}
          rows={countries}
          rowId={({ country }) => country ?? 'none'}
        />
      </div>
    </Card>
  );
}
