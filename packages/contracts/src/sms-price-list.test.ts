import { describe, expect, it } from 'vitest';
import { readSmsPriceList } from './sms-price-list.ts';

describe('a price list', () => {
  it('is read with its own headings, separators and decimal commas', () => {
    const text = '\ufeffISO;Preis;Währung\r\nPT;0,0415;EUR\r\n*;"0,09";EUR\r\n\r\n';
    expect(readSmsPriceList(text, 'USD')).toEqual({
      prices: [
        { country: null, microsPerSegment: 90_000, currency: 'EUR' },
        { country: 'PT', microsPerSegment: 41_500, currency: 'EUR' },
      ],
      problems: [],
      merged: [],
    });
  });

  it('has the currency that was chosen where it says none', () => {
    const { prices } = readSmsPriceList('country,price\nus,$0.0079', 'USD');
    expect(prices).toEqual([{ country: 'US', microsPerSegment: 7_900, currency: 'USD' }]);
  });

  it('keeps the dearest of several carriers, and says so', () => {
    const text = 'Country,Carrier,Price\nUS,"Bell, Inc",0.0079\nUS,Other,0.0120\nUS,Third,0.0100';
    const { prices, merged } = readSmsPriceList(text, 'USD');
    expect(prices).toEqual([{ country: 'US', microsPerSegment: 12_000, currency: 'USD' }]);
    expect(merged).toEqual(['US']);
  });

  it('names each line that cannot be read, and guesses nothing', () => {
    const { prices, problems } = readSmsPriceList(
      'country,price,currency\nPortugal,0.04,EUR\nPT,free,EUR\nPT,0.04,€\nFR,0.05,EUR',
      'EUR',
    );
    expect(prices.map(({ country }) => country)).toEqual(['FR']);
    expect(problems.map(({ line }) => line)).toEqual([2, 3, 4]);
    expect(problems[1]?.message).toMatch(/“free” is no price/);
  });

  it('without headings is no price list', () => {
    expect(readSmsPriceList('PT,0.04', 'EUR').problems[0]?.message).toMatch(/headings/);
    expect(readSmsPriceList('', 'EUR').prices).toEqual([]);
  });
});
