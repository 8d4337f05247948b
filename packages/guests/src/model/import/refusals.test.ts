import { isDomainError } from '@wedsync/contracts/errors';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../../../fixtures/corpus-case.ts';
import { writeXlsx, xlsxParts } from '../../../fixtures/write-xlsx.ts';
import { importLimits } from './limits.ts';
import { readTable } from './read-table.ts';

const list = [
  {
    name: 'Guests',
    rows: [
      ['Name', 'Email'],
      ['Ann Lee', 'ann@example.com'],
    ],
  },
];

/** The code of the refusal; its message must say what to do. */
async function refusal(bytes: Uint8Array, fileName = 'list.csv'): Promise<string> {
  try {
    await readTable(bytes, fileName);
  } catch (error) {
    if (!isDomainError(error)) throw error;
    expect(error.message.length).toBeGreaterThan(60);
    return `${error.kind} ${error.code}`;
  }
  return 'accepted';
}

/** Rewrites a 32-bit field of the first central directory entry whose part is `name`. */
function forgeUnzippedSize(zip: Uint8Array, name: string, size: number): Uint8Array {
  const forged = zip.slice();
  const view = new DataView(forged.buffer);
  for (let at = 0; at + 46 < forged.length; at++) {
    if (view.getUint32(at, true) !== 0x02014b50) continue;
    const entry = new TextDecoder().decode(forged.subarray(at + 46, at + 46 + name.length));
    if (entry === name) view.setUint32(at + 24, size, true);
  }
  return forged;
}

describe('files that are refused', () => {
  it('refuses an empty file, a heading without guests and a blank sheet', async () => {
    expect(await refusal(new Uint8Array())).toBe('invalid guests.import_empty');
    expect(await refusal(utf8('Name,Email\n'))).toBe('invalid guests.import_empty');
    expect(await refusal(utf8(',,\n,,\n'))).toBe('invalid guests.import_empty');
    expect(await refusal(writeXlsx([{ name: 'A', rows: [] }]))).toBe('invalid guests.import_empty');
  });

  it('refuses NUL characters and says in which line they stand', async () => {
    expect(await refusal(utf8('Name,Email\nAnn\0Lee,\n'))).toBe('invalid guests.import_nul_byte');
    await expect(readTable(utf8('Name\nAnn\nB\0b\n'), 'a.csv')).rejects.toThrow('line 3');
  });

  it('refuses files, rows and columns beyond the limits', async () => {
    const large = new Uint8Array(importLimits.fileBytesMax + 1).fill(0x41);
    expect(await refusal(large)).toBe('limit guests.import_file_size');
    const rows = `Name\n${'Ann Lee\n'.repeat(importLimits.rowsMax + 1)}`;
    expect(await refusal(utf8(rows))).toBe('limit guests.import_rows');
    const wide = `${Array.from({ length: 10_000 }, (_, index) => `c${index}`).join(',')}\n`;
    expect(await refusal(utf8(`Name,Email\nAnn,a@example.com\n${wide}`))).toBe(
      'limit guests.import_columns',
    );
  });

  it('refuses sheets with too many rows or columns before reading their cells', async () => {
    const rows = Array.from({ length: importLimits.rowsMax + 100 }, () => ['Ann Lee']);
    expect(await refusal(writeXlsx([{ name: 'A', rows }]))).toBe('limit guests.import_rows');
    const wide = [Array.from({ length: 300 }, (_, index) => `c${index}`)];
    expect(await refusal(writeXlsx([{ name: 'A', rows: wide }]))).toBe(
      'limit guests.import_columns',
    );
  });

  it('refuses a zip bomb by its directory, before inflating anything', async () => {
    const small = zipSync({ ...xlsxParts(list), 'xl/bomb.xml': strToU8('<a/>') });
    const bomb = forgeUnzippedSize(small, 'xl/bomb.xml', 100 * 1024 * 1024);
    expect(await refusal(bomb, 'bomb.xlsx')).toBe('limit guests.import_archive_size');
  });

  it('refuses a zip bomb that lies about its size', async () => {
    const bomb = zipSync(
      { ...xlsxParts(list), 'xl/bomb.xml': new Uint8Array(8 * 1024 * 1024) },
      { level: 1 },
    );
    const forged = forgeUnzippedSize(bomb, 'xl/bomb.xml', 1_000);
    expect(await refusal(forged, 'bomb.xlsx')).toBe('invalid guests.import_damaged_archive');
  });

  it('refuses archives of many entries, foreign archives and damaged ones', async () => {
    const many = Object.fromEntries(
      Array.from({ length: importLimits.zipEntriesMax + 1 }, (_, index) => [
        `f${index}.xml`,
        strToU8(''),
      ]),
    );
    expect(await refusal(zipSync(many))).toBe('limit guests.import_archive_entries');
    expect(await refusal(zipSync({ 'a.xml': strToU8('<a/>') }))).toBe(
      'invalid guests.import_format',
    );
    const ods = zipSync({ mimetype: strToU8('application/vnd.oasis.opendocument.spreadsheet') });
    expect(await refusal(ods)).toBe('invalid guests.import_format');
    expect(await refusal(writeXlsx(list).subarray(0, 700))).toBe(
      'invalid guests.import_damaged_archive',
    );
  });

  it('refuses XML document types, where entities are smuggled in', async () => {
    const parts = xlsxParts(list);
    parts['xl/workbook.xml'] = strToU8('<!DOCTYPE x [<!ENTITY a "b">]><workbook/>');
    expect(await refusal(zipSync(parts))).toBe('invalid guests.import_document_type');
  });

  it('refuses formats people try by mistake, whatever the name says', async () => {
    const refused = 'invalid guests.import_format';
    expect(await refusal(Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1), 'old.xls')).toBe(
      refused,
    );
    expect(await refusal(utf8('%PDF-1.7 …'), 'list.csv')).toBe(refused);
    expect(await refusal(utf8('<html><table>'), 'list.xls')).toBe(refused);
    expect(await refusal(Uint8Array.of(0x89, 0x50, 0x4e, 0x47), 'list.png')).toBe(refused);
  });

  it('shortens a cell beyond the limit and says so instead of dropping the row', async () => {
    const table = await readTable(utf8(`Name,Notes\nAnn Lee,${'x'.repeat(9_000)}\n`), 'a.csv');
    expect(table.rows[0]?.cells[1]).toHaveLength(importLimits.cellCharsMax);
    expect(table.issues.map((issue) => issue.code)).toContain('guests.import_cell_length');
  });
});
