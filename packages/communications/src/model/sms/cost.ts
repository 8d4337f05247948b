import type {
  MicroMoney,
  SmsCountryEstimate,
  SmsPrice,
} from '@wedsync/contracts/communications-sms';

/** One text of an estimate. */
export interface CountedText {
  /** Where the number was given out; null for none. */
  country: string | null;
  segments: number;
}

export interface CostEstimate {
  countries: SmsCountryEstimate[];
  totals: MicroMoney[];
  /** What is in no sum, because its price is not known. */
  unpriced: { recipients: number; segments: number };
}

/**
 * What texts cost, by country and in sum. Amounts are whole micro-units and are never converted: two
 * currencies give two sums. A country without a price of its own has the price of all others; where
 * there is none either, its texts are counted as unpriced and are in no sum.
 */
export function estimateCost(
  texts: Iterable<CountedText>,
  prices: readonly SmsPrice[],
): CostEstimate {
  const byCountry = new Map<string | null, { recipients: number; segments: number }>();
  for (const { country, segments } of texts) {
    const sum = byCountry.get(country) ?? { recipients: 0, segments: 0 };
    byCountry.set(country, {
      recipients: sum.recipients + 1,
      segments: sum.segments + segments,
    });
  }
  const priceOf = new Map(prices.map((price) => [price.country, price]));
  const totals = new Map<string, number>();
  const unpriced = { recipients: 0, segments: 0 };
  const countries = [...byCountry].map(([country, sum]) => {
    const price = priceOf.get(country as SmsPrice['country']) ?? priceOf.get(null);
    const cost = price && {
      micros: sum.segments * price.microsPerSegment,
      currency: price.currency,
    };
    if (cost) {
      totals.set(cost.currency, (totals.get(cost.currency) ?? 0) + cost.micros);
    } else {
      unpriced.recipients += sum.recipients;
      unpriced.segments += sum.segments;
    }
    return { country, ...sum, cost: cost ?? null };
  });
  return {
    countries: countries.sort((a, b) => b.segments - a.segments || compare(a.country, b.country)),
    totals: [...totals]
      .map(([currency, micros]) => ({ currency, micros }))
      .sort((a, b) => compare(a.currency, b.currency)),
    unpriced,
  };
}

const compare = (a: string | null, b: string | null) => ((a ?? '~') < (b ?? '~') ? -1 : 1);
