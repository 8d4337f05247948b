import { DamagedObject } from '../../model/sealed-chunks.ts';
import type { SealedObject } from '../repository/sealed-objects.ts';

/** One member of a tar archive: where its content lies. */
export interface ArchiveMember {
  path: string;
  kind: 'file' | 'folder' | 'link';
  mode: number;
  offset: number;
  bytes: number;
}

const recordBytes = 512;
const typeFlags: Readonly<Record<string, ArchiveMember['kind']>> = {
  '0': 'file',
  '\0': 'file',
  '5': 'folder',
  '2': 'link',
};

function octal(header: Buffer, from: number, length: number): number {
  // Sizes from 8 GiB on are binary, marked by the first bit.
  if ((header[from] ?? 0) & 0x80) return Number(header.readBigUInt64BE(from + length - 8));
  return Number.parseInt(
    header.toString('latin1', from, from + length).replace(/[\0 ].*$/s, ''),
    8,
  );
}

const text = (header: Buffer, from: number, length: number) => {
  const field = header.subarray(from, from + length);
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end < 0 ? length : end);
};

/** A header's own sum, taken with the field of the sum as spaces. */
function sumOf(header: Buffer): number {
  let sum = 0;
  for (let index = 0; index < recordBytes; index++) {
    sum += index >= 148 && index < 156 ? 0x20 : (header[index] ?? 0);
  }
  return sum;
}

function readMember(name: string, header: Buffer, offset: number): ArchiveMember {
  if (octal(header, 148, 8) !== sumOf(header)) {
    throw new DamagedObject(name, `the header at ${offset} is no tar header`);
  }
  const prefix = text(header, 345, 155);
  const path = text(header, 0, 100);
  const kind = typeFlags[String.fromCharCode(header[156] ?? 0)];
  if (!kind)
    throw new DamagedObject(name, `${path} is of a kind that a data directory never holds`);
  return {
    path: (prefix ? `${prefix}/${path}` : path).replace(/^\.\//, '').replace(/\/$/, ''),
    kind,
    mode: octal(header, 100, 8),
    offset: offset + recordBytes,
    bytes: kind === 'file' ? octal(header, 124, 12) : 0,
  };
}

/**
 * The members of a server's archive (ustar, POSIX.1-1988), found by going from header to header: only
 * the chunks that hold one are opened.
 * @throws DamagedObject
 */
export async function indexArchive(name: string, archive: SealedObject): Promise<ArchiveMember[]> {
  const members: ArchiveMember[] = [];
  for (let offset = 0; offset + recordBytes <= archive.plainBytes; ) {
    const header = await archive.read(offset, recordBytes);
    if (header.every((byte) => byte === 0)) break;
    const member = readMember(name, header, offset);
    members.push(member);
    offset = member.offset + Math.ceil(member.bytes / recordBytes) * recordBytes;
  }
  return members;
}
