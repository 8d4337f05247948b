/**
 * Which code points a TrueType font holds: its `cmap` table, formats 4 and 12 (OpenType 1.9.1,
 * "cmap - Character to Glyph Index Mapping Table").
 */
export interface CharacterMap {
  has(codePoint: number): boolean;
}

interface Range {
  first: number;
  last: number;
}

function tableOffset(font: Buffer, wanted: string): number {
  const count = font.readUInt16BE(4);
  for (let index = 0; index < count; index++) {
    const record = 12 + index * 16;
    if (font.toString('latin1', record, record + 4) === wanted)
      return font.readUInt32BE(record + 8);
  }
  throw new Error(`This font has no table "${wanted}".`);
}

function rangesOfFormat12(font: Buffer, at: number): Range[] {
  const count = font.readUInt32BE(at + 12);
  return Array.from({ length: count }, (_, index) => {
    const group = at + 16 + index * 12;
    return { first: font.readUInt32BE(group), last: font.readUInt32BE(group + 4) };
  });
}

/** True where a character of a format 4 segment leads to a glyph and not to "missing". */
function hasGlyph(font: Buffer, segment: { rangeOffsetAt: number; delta: number; first: number }) {
  const rangeOffset = font.readUInt16BE(segment.rangeOffsetAt);
  return (code: number) => {
    if (rangeOffset === 0) return ((code + segment.delta) & 0xffff) !== 0;
    const glyphAt = segment.rangeOffsetAt + rangeOffset + 2 * (code - segment.first);
    return font.readUInt16BE(glyphAt) !== 0;
  };
}

function rangesOfFormat4(font: Buffer, at: number): Range[] {
  const doubled = font.readUInt16BE(at + 6);
  const ranges: Range[] = [];
  for (let index = 0; index < doubled; index += 2) {
    const last = font.readUInt16BE(at + 14 + index);
    const first = font.readUInt16BE(at + 16 + doubled + index);
    const delta = font.readUInt16BE(at + 16 + 2 * doubled + index);
    const rangeOffsetAt = at + 16 + 3 * doubled + index;
    const isThere = hasGlyph(font, { rangeOffsetAt, delta, first });
    for (let code = first; code <= last && code < 0xffff; code++) {
      const previous = ranges.at(-1);
      if (!isThere(code)) continue;
      if (previous && previous.last === code - 1) previous.last = code;
      else ranges.push({ first: code, last: code });
    }
  }
  return ranges;
}

/** @throws Error for a file that is no TrueType font with a Unicode map */
export function readCharacterMap(font: Buffer): CharacterMap {
  const cmap = tableOffset(font, 'cmap');
  const ranges: Range[] = [];
  for (let index = 0; index < font.readUInt16BE(cmap + 2); index++) {
    const at = cmap + font.readUInt32BE(cmap + 4 + index * 8 + 4);
    const format = font.readUInt16BE(at);
    if (format === 4) ranges.push(...rangesOfFormat4(font, at));
    if (format === 12) ranges.push(...rangesOfFormat12(font, at));
  }
  if (ranges.length === 0) throw new Error('This font has no Unicode character map.');
  ranges.sort((one, other) => one.first - other.first);
  return {
    has: (codePoint) => ranges.some(({ first, last }) => first <= codePoint && codePoint <= last),
  };
}
