import type { SmsPrice } from '@wedsync/contracts/communications-sms';
import { readSmsPriceList, type SmsPriceList } from '@wedsync/contracts/sms-price-list';
import { Button } from '@wedsync/ui/button';
import { Callout } from '@wedsync/ui/callout';
import { Dialog } from '@wedsync/ui/dialog';
import { FailureNote } from '@wedsync/ui/failure-view';
import { FileDrop } from '@wedsync/ui/file-drop';
import { plural } from '@wedsync/ui/format';
import { Table, type TableColumn } from '@wedsync/ui/table';
import { TextField } from '@wedsync/ui/text-field';
import { useState } from 'react';
import { countryName, priceWords } from './price-words.ts';
import { useReplacePrices } from './use-replace-prices.ts';

interface ImportPricesDialogProps {
  known: readonly SmsPrice[];
  onClose: () => void;
}

/** A price list is some kilobytes; whatever is larger is something else. */
const fileBytesMax = 4_000_000;
const problemsShown = 5;

const columns: TableColumn<SmsPrice>[] = [
  { id: 'country', header: 'To', isRowHeader: true, cell: ({ country }) => countryName(country) },
  {
    id: 'price',
    header: 'A segment',
    align: 'end',
    cell: (price) => <span className="tabular">{priceWords(price)}</span>,
  },
];

/** Replaces the price table by a file, once it has been seen what was read from it. */
export function ImportPricesDialog({ known, onClose }: ImportPricesDialogProps) {
  const [text, setText] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [currency, setCurrency] = useState(known[0]?.currency ?? 'EUR');
  const replace = useReplacePrices(onClose);
  const list = text === null ? null : readSmsPriceList(text, currency.trim().toUpperCase());
  const read = async (file: File) => {
    const isTooLarge = file.size > fileBytesMax;
    setTrouble(
      isTooLarge ? `${file.name} is larger than any price list. Choose a CSV file.` : null,
    );
    setText(isTooLarge ? null : await file.text());
  };
  const prices = list?.prices ?? [];
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title="Import a price list"
      size="md"
      isDismissable={false}
      footer={
        <>
          {text === null ? null : (
            <Button className="mr-auto" onPress={() => setText(null)}>
              Another file
            </Button>
          )}
          <Button onPress={onClose}>Cancel</Button>
          <Button
            variant="primary"
            isDisabled={prices.length === 0}
            isPending={replace.isPending}
            onPress={() => replace.mutate({ prices })}
          >
            {known.length > 0
              ? `Replace ${known.length} by ${plural(prices.length, 'price')}`
              : `Use ${plural(prices.length, 'price')}`}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        <FailureNote error={replace.error} />
        <TextField
          label="Currency"
          description="Of lists that do not name it themselves."
          maxLength={3}
          value={currency}
          onChange={setCurrency}
        />
        {trouble ? (
          <Callout tone="critical" title={trouble} isLive>
            Nothing was changed.
          </Callout>
        ) : null}
        {list ? (
          <Outcome list={list} />
        ) : (
          <FileDrop
            accept={['.csv', '.tsv', '.txt', 'text/csv']}
            onFile={(file) => void read(file)}
            title="Drop your provider’s price list here"
            note="A CSV file with the headings country, price and currency; the country as two letters, * for all others."
          />
        )}
      </div>
    </Dialog>
  );
}

function Outcome({ list: { prices, problems, merged } }: { list: SmsPriceList }) {
  return (
    <>
      {problems.length > 0 ? (
        <Callout
          tone={prices.length > 0 ? 'caution' : 'critical'}
          title={`${plural(problems.length, 'line')} cannot be read`}
        >
          <ul className="m-0 list-disc pl-5">
            {problems.slice(0, problemsShown).map(({ line, message }) => (
              <li key={line}>
                Line {line}: {message}
              </li>
            ))}
          </ul>
          {problems.length > problemsShown ? 'And others like these.' : null}
        </Callout>
      ) : null}
      {merged.length > 0 ? (
        <p className="text-ink-soft text-sm">
          {merged.map((code) => (code === '*' ? 'all others' : code)).join(', ')}{' '}
          {merged.length === 1 ? 'has' : 'have'} several lines: the dearest counts.
        </p>
      ) : null}
      {prices.length > 0 ? (
        <div className="-mx-5 max-h-80 overflow-y-auto">
          <Table
            label="Prices in this file"
            columns={columns}
            rows={prices}
            rowId={({ country }) => country ?? 'others'}
          />
        </div>
      ) : null}
    </>
  );
}
