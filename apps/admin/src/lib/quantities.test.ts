import { describe, expect, it } from 'vitest';
import { formatBytes, formatShare, formatSpan, formatSpanRoughly } from './quantities.ts';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('quantities in words', () => {
  it('gives sizes one decimal below ten and none above', () => {
    expect(plain(formatBytes(8))).toBe('8 bytes');
    expect(plain(formatBytes(1_400_000_000))).toBe('1.4 GB');
    expect(plain(formatBytes(12_340_000))).toBe('12 MB');
  });

  it('gives spans their two largest units and leaves out empty ones', () => {
    expect(plain(formatSpan(840))).toBe('840 ms');
    expect(plain(formatSpan(125_000))).toBe('2 min 5 s');
    expect(plain(formatSpan(3 * 86_400_000 + 4 * 3_600_000 + 59_000))).toBe('3 d 4 h');
    expect(plain(formatSpan(3_600_000))).toBe('1 h');
  });

  it('gives only the largest unit of a span where the figure is large', () => {
    expect(plain(formatSpanRoughly(408_000))).toBe('7 min');
    expect(plain(formatSpanRoughly(12.4))).toBe('12 ms');
  });

  it('never rounds a share up to a hundred per cent that is not one', () => {
    expect(formatShare(1)).toBe('100 %');
    expect(formatShare(0.994)).toBe('99.4 %');
    expect(formatShare(0)).toBe('0 %');
  });
});
