import { isDomainError } from '@wedsync/contracts/errors';
import { Inflate, strFromU8 } from 'fflate';
import { importLimits } from './limits.ts';
import { refuseFile, refuseLimit } from './refusal.ts';

export interface ZipEntry {
  name: string;
  compressedBytes: number;
  unzippedBytes: number;
  encrypted: boolean;
  method: number;
  headerOffset: number;
}

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;

const damaged = () =>
  refuseFile(
    'damaged_archive',
    'This spreadsheet file is damaged: its inner archive cannot be read. Open it in your spreadsheet program, save it again as .xlsx, and choose the new file.',
  );

/**
 * The central directory of a ZIP archive (PKWARE APPNOTE 4.3.12), read without inflating anything.
 * @throws DomainError when the archive is damaged or uses ZIP64, which no guest list needs.
 */
export function listZip(bytes: Uint8Array): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  const lowest = Math.max(0, end - 65_535);
  while (end >= lowest && view.getUint32(end, true) !== endSignature) end--;
  if (end < lowest) throw damaged();
  const count = view.getUint16(end + 10, true);
  let offset = view.getUint32(end + 16, true);
  if (count > importLimits.zipEntriesMax) {
    throw refuseLimit(
      'archive_entries',
      `This spreadsheet holds ${count} inner files; at most ${importLimits.zipEntriesMax} are read. Copy the guest list into a new workbook and save it as .xlsx.`,
    );
  }
  const entries: ZipEntry[] = [];
  for (let index = 0; index < count; index++) {
    if (offset + 46 > bytes.length || view.getUint32(offset, true) !== entrySignature) {
      throw damaged();
    }
    const nameLength = view.getUint16(offset + 28, true);
    entries.push({
      name: strFromU8(bytes.subarray(offset + 46, offset + 46 + nameLength)),
      compressedBytes: view.getUint32(offset + 20, true),
      unzippedBytes: view.getUint32(offset + 24, true),
      encrypted: (view.getUint16(offset + 8, true) & 1) === 1,
      method: view.getUint16(offset + 10, true),
      headerOffset: view.getUint32(offset + 42, true),
    });
    offset +=
      46 + nameLength + view.getUint16(offset + 30, true) + view.getUint16(offset + 32, true);
  }
  return entries;
}

/** Refuses what its own directory already gives away as a bomb. */
function refuseBombs(entries: readonly ZipEntry[]): void {
  let total = 0;
  for (const entry of entries) {
    total += entry.unzippedBytes;
    const ratio = entry.unzippedBytes / Math.max(1, entry.compressedBytes);
    const large = entry.unzippedBytes > 4 * 1024 * 1024;
    if (total > importLimits.unzippedBytesMax || (large && ratio > importLimits.zipRatioMax)) {
      throw refuseLimit(
        'archive_size',
        `This spreadsheet would unpack to more than ${importLimits.unzippedBytesMax / 1024 / 1024} MB or is compressed beyond what spreadsheets are. Copy the guest list into a new workbook and save it as .xlsx.`,
        { part: entry.name },
      );
    }
  }
}

const localSignature = 0x04034b50;
/** Compressed bytes per step: at most 1000 times as much comes out before the size is checked. */
const stepBytes = 8 * 1024;

/** Inflates one entry and stops as soon as it grows beyond the size its directory declares. */
function inflateEntry(bytes: Uint8Array, entry: ZipEntry): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = entry.headerOffset;
  if (at + 30 > bytes.length || view.getUint32(at, true) !== localSignature) throw damaged();
  const start = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  const packed = bytes.subarray(start, start + entry.compressedBytes);
  if (packed.length !== entry.compressedBytes) throw damaged();
  if (entry.method === 0) return packed;
  if (entry.method !== 8) throw damaged();
  const out = new Uint8Array(entry.unzippedBytes);
  let length = 0;
  const inflate = new Inflate((chunk) => {
    if (length + chunk.length > out.length) throw damaged();
    out.set(chunk, length);
    length += chunk.length;
  });
  for (let from = 0; from < packed.length; from += stepBytes) {
    const to = Math.min(from + stepBytes, packed.length);
    inflate.push(packed.subarray(from, to), to === packed.length);
  }
  if (length !== out.length) throw damaged();
  return out;
}

/**
 * Unpacks the XML parts of a workbook. Sizes are judged from the central directory before a byte is
 * inflated, and an archive that lies about its sizes is refused as soon as that shows.
 */
export function unzipXml(bytes: Uint8Array): Record<string, Uint8Array> {
  const entries = listZip(bytes);
  const wanted = entries.filter((entry) => /\.(xml|rels)$|^mimetype$/.test(entry.name));
  refuseBombs(wanted);
  if (entries.some((entry) => entry.encrypted)) {
    throw refuseFile(
      'protected',
      'This spreadsheet is protected by a password. Save a copy without the password and choose that file.',
    );
  }
  const parts: Record<string, Uint8Array> = {};
  for (const entry of wanted) {
    try {
      parts[entry.name] = inflateEntry(bytes, entry);
    } catch (error) {
      if (isDomainError(error)) throw error;
      // fflate reports corrupt streams with plain errors of its own.
      throw damaged();
    }
  }
  return parts;
}
