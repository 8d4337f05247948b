import type { SmsPrice } from '@wedsync/contracts/communications-sms';
import { failureOf } from '@wedsync/contracts/failure';
import { Button } from '@wedsync/ui/button';
import { Dialog } from '@wedsync/ui/dialog';
import { FailureNote } from '@wedsync/ui/failure-view';
import { Form } from '@wedsync/ui/form';
import { NumberField } from '@wedsync/ui/number-field';
import { TextField } from '@wedsync/ui/text-field';
import { useState } from 'react';
import { countryName } from './price-words.ts';
import { useReplacePrices } from './use-replace-prices.ts';

interface PriceDialogProps {
  /** Null: a country that is not in the list. */
  price: SmsPrice | null;
  known: readonly SmsPrice[];
  onClose: () => void;
}

/** One price of the table, added, changed or taken out. */
export function PriceDialog({ price, known, onClose }: PriceDialogProps) {
  const [country, setCountry] = useState(price?.country ?? '');
  const [amount, setAmount] = useState((price?.microsPerSegment ?? 0) / 1_000_000);
  const [currency, setCurrency] = useState(price?.currency ?? known[0]?.currency ?? 'EUR');
  const replace = useReplacePrices(onClose);
  const code = country.trim().toUpperCase() || null;
  const others = known.filter((one) => one.country !== code && one.country !== price?.country);
  const save = () => {
    const changed = {
      country: code,
      microsPerSegment: Math.round(amount * 1_000_000),
      currency: currency.trim().toUpperCase(),
    };
    replace.mutate({ prices: [...others, changed] });
  };
  // The list is sent as a whole, so what is wrong stands under its index there.
  const fields = replace.error ? failureOf(replace.error).fields : undefined;
  const here = fields
    ? Object.fromEntries(
        Object.entries(fields).map(([name, words]) => [name.replace(/^prices\.\d+\./, ''), words]),
      )
    : undefined;
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={price ? `Price for ${countryName(price.country)}` : 'Add a price'}
      size="sm"
      isDismissable={false}
      footer={
        <>
          {price ? (
            <Button
              className="mr-auto"
              onPress={() => replace.mutate({ prices: others })}
              isPending={replace.isPending}
            >
              Take it out
            </Button>
          ) : null}
          <Button onPress={onClose}>Cancel</Button>
          <Button type="submit" form="sms-price" variant="primary" isPending={replace.isPending}>
            Save
          </Button>
        </>
      }
    >
      <Form id="sms-price" onSubmit={save} fieldErrors={here}>
        <FailureNote error={replace.error} />
        <TextField
          label="Country"
          description="Two letters, such as PT. Empty: all countries that are not in the list."
          name="country"
          maxLength={2}
          value={country}
          onChange={setCountry}
          isDisabled={price !== null}
        />
        <NumberField
          label="Price of one segment"
          name="microsPerSegment"
          minValue={0}
          maxValue={100}
          step={0.000001}
          formatOptions={{ maximumFractionDigits: 6 }}
          value={amount}
          onChange={setAmount}
        />
        <TextField
          label="Currency"
          description="Three letters, such as EUR."
          name="currency"
          maxLength={3}
          value={currency}
          onChange={setCurrency}
          isRequired
        />
      </Form>
    </Dialog>
  );
}
