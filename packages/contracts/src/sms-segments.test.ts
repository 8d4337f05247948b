import { describe, expect, it } from 'vitest';
import { countSmsSegments } from './sms-segments.ts';

const counted = (text: string) => {
  const { encoding, units, segments, unitsLeft } = countSmsSegments(text);
  return [encoding, units, segments, unitsLeft];
};

describe('countSmsSegments', () => {
  it('takes 160 septets in one segment and 153 in each of several', () => {
    expect(counted('a'.repeat(160))).toEqual(['gsm7', 160, 1, 0]);
    expect(counted('a'.repeat(161))).toEqual(['gsm7', 161, 2, 145]);
    expect(counted('a'.repeat(306))).toEqual(['gsm7', 306, 2, 0]);
    expect(counted('a'.repeat(307))).toEqual(['gsm7', 307, 3, 152]);
  });

  it('takes 70 units in one segment and 67 in each of several once a letter is foreign to GSM-7', () => {
    expect(counted('я'.repeat(70))).toEqual(['ucs2', 70, 1, 0]);
    expect(counted('я'.repeat(71))).toEqual(['ucs2', 71, 2, 63]);
    expect(counted(`${'a'.repeat(70)}—`)).toEqual(['ucs2', 71, 2, 63]);
  });

  it('counts two septets for a character of the extension table', () => {
    expect(counted('€'.repeat(80))).toEqual(['gsm7', 160, 1, 0]);
    expect(counted('{}[]~|^\\€')).toEqual(['gsm7', 18, 1, 142]);
  });

  it('never tears an escape sequence or a surrogate pair over two segments', () => {
    // 152 septets, then a pair that would begin at the 153rd: it moves to the next segment whole.
    expect(counted(`${'a'.repeat(152)}€${'a'.repeat(152)}`)).toEqual(['gsm7', 306, 3, 152]);
    expect(counted(`${'я'.repeat(66)}🎉${'я'.repeat(66)}`)).toEqual(['ucs2', 134, 3, 66]);
  });

  it('knows the national letters that are in the basic alphabet and those that are not', () => {
    expect(
      countSmsSegments('Åse, Jürgen, Zoé, Señor, Øyvind, ß, Çigdem, à, ì, ò, ù').foreign,
    ).toEqual([]);
    expect(countSmsSegments('François, João, Łukasz, İpek').foreign).toEqual(['ç', 'ã', 'Ł', 'İ']);
  });

  it('counts a line feed and a carriage return as one septet each', () => {
    expect(counted('a\r\nb')).toEqual(['gsm7', 4, 1, 156]);
  });

  it('counts an empty text as one empty segment', () => {
    expect(counted('')).toEqual(['gsm7', 0, 1, 160]);
  });
});
