import { useQuery } from '@tanstack/react-query';
import type { SmsPrice } from '@wedsync/contracts/communications-sms';
import { Button } from '@wedsync/ui/button';
import { Callout } from '@wedsync/ui/callout';
import { Card } from '@wedsync/ui/card';
import { EmptyState } from '@wedsync/ui/empty-state';
import { saveFile } from '@wedsync/ui/save-file';
import { Table, type TableColumn } from '@wedsync/ui/table';
import { Coins, Download, FileUp, Plus } from 'lucide-react';
import { useState } from 'react';
import { useLive } from '../../lib/live.ts';
import { trpc } from '../../lib/trpc.ts';
import { Reading } from '../shell/reading.tsx';
import { ImportPricesDialog } from './import-prices-dialog.tsx';
import { PriceDialog } from './price-dialog.tsx';
import { countryName, priceWords } from './price-words.ts';
import { TextsFrame } from './texts-frame.tsx';

const columnsWith = (onEdit: (price: SmsPrice) => void): TableColumn<SmsPrice>[] => [
  {
    id: 'country',
    header: 'To',
    isRowHeader: true,
    cell: ({ country }) => (
      <>
        <span className="font-medium">{countryName(country)}</span>
        {country ? <span className="ml-2 text-ink-soft text-sm">{country}</span> : null}
      </>
    ),
  },
  {
    id: 'price',
    header: 'A segment',
    align: 'end',
    cell: (price) => <span className="tabular">{priceWords(price)}</span>,
  },
  {
    id: 'edit',
    header: 'Actions',
    align: 'end',
    isHeaderHidden: true,
    cell: (price) => (
      <Button
        size="sm"
        aria-label={`Change the price for ${countryName(price.country)}`}
        onPress={() => onEdit(price)}
      >
        Change…
      </Button>
    ),
  },
];

const csvOf = (prices: readonly SmsPrice[]) =>
  [
    'country,price,currency',
    ...prices.map(
      ({ country, microsPerSegment, currency }) =>
        `${country ?? '*'},${(microsPerSegment / 1_000_000).toFixed(6)},${currency}`,
    ),
    '',
  ].join('\r\n');

/** What a segment costs by country: the ground of every estimate before texts are sent. */
export function SmsPricesPage() {
  const live = useLive();
  const [open, setOpen] = useState<'import' | 'new' | SmsPrice | null>(null);
  const prices = useQuery({ ...trpc.monitoring.listSmsPrices.queryOptions(), ...live });
  const rows = prices.data ?? [];
  const hasDefault = rows.some(({ country }) => country === null);
  const close = () => setOpen(null);
  return (
    <TextsFrame
      title="Prices of texts"
      note="Per segment, as your provider bills. Planners see what a message would cost before it leaves."
      actions={
        <>
          <Button
            isDisabled={rows.length === 0}
            onPress={() => saveFile('sms-prices.csv', csvOf(rows), 'text/csv')}
          >
            <Download aria-hidden="true" />
            Export
          </Button>
          <Button onPress={() => setOpen('new')}>
            <Plus aria-hidden="true" />
            Add a price…
          </Button>
          <Button onPress={() => setOpen('import')}>
            <FileUp aria-hidden="true" />
            Import a list…
          </Button>
        </>
      }
    >
      {rows.length > 0 && !hasDefault ? (
        <div className="mb-4">
          <Callout tone="caution" title="Countries that are not in the list have no price">
            Estimates say so instead of leaving them out. A price “of all others” covers them.
          </Callout>
        </div>
      ) : null}
      <Card isFlush>
        <Reading query={prices} label="prices">
          {(list) =>
            list.length > 0 ? (
              <Table
                label="Prices by country"
                columns={columnsWith(setOpen)}
                rows={list}
                rowId={({ country }) => country ?? 'others'}
              />
            ) : (
              <EmptyState icon={<Coins />} title="No price is known">
                Planners are told so before they send texts. Import your provider’s price list, or
                enter one price for all countries.
              </EmptyState>
            )
          }
        </Reading>
      </Card>
      {open === 'import' ? (
        <ImportPricesDialog known={rows} onClose={close} />
      ) : open !== null ? (
        <PriceDialog price={open === 'new' ? null : open} known={rows} onClose={close} />
      ) : null}
    </TextsFrame>
  );
}
