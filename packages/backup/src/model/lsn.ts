/**
 * A place in the write-ahead log: a byte address of 64 bits, written as PostgreSQL writes it
 * (`pg_lsn`): two hexadecimal halves, e.g. `16/B374D848`.
 */
export type Lsn = bigint;

/** Bytes of a segment where the server was not built or initialized otherwise. */
export const segmentBytesDefault = 16 * 1024 * 1024;

/** @throws RangeError for anything but two hexadecimal halves */
export function parseLsn(text: string): Lsn {
  const [, high, low] = /^([0-9A-F]{1,8})\/([0-9A-F]{1,8})$/i.exec(text) ?? [];
  if (!high || !low) throw new RangeError(`"${text}" is not a place in the write-ahead log`);
  return (BigInt(`0x${high}`) << 32n) | BigInt(`0x${low}`);
}

export function formatLsn(lsn: Lsn): string {
  const half = (value: bigint) => value.toString(16).toUpperCase();
  return `${half(lsn >> 32n)}/${half(lsn & 0xffff_ffffn)}`;
}

const hex8 = (value: bigint | number) => value.toString(16).toUpperCase().padStart(8, '0');

/** Name of the file that holds `lsn`: timeline, high and low part of the segment's number. */
export function segmentName(
  timeline: number,
  lsn: Lsn,
  segmentBytes = segmentBytesDefault,
): string {
  const number = lsn / BigInt(segmentBytes);
  const perHigh = 0x1_0000_0000n / BigInt(segmentBytes);
  return `${hex8(timeline)}${hex8(number / perHigh)}${hex8(number % perHigh)}`;
}

/** First byte of the segment that holds `lsn`. */
export function segmentStart(lsn: Lsn, segmentBytes = segmentBytesDefault): Lsn {
  return lsn - (lsn % BigInt(segmentBytes));
}

/** @throws RangeError for a name that is none of a segment */
export function parseSegmentName(name: string, segmentBytes = segmentBytesDefault) {
  if (!/^[0-9A-F]{24}$/.test(name)) throw new RangeError(`"${name}" is not a segment`);
  const part = (from: number) => BigInt(`0x${name.slice(from, from + 8)}`);
  const perHigh = 0x1_0000_0000n / BigInt(segmentBytes);
  return {
    timeline: Number(part(0)),
    start: (part(8) * perHigh + part(16)) * BigInt(segmentBytes),
  };
}
