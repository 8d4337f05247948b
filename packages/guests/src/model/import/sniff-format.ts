import { refuseFile } from './refusal.ts';

const startsWith = (bytes: Uint8Array, ...signature: number[]) =>
  signature.every((byte, index) => bytes[index] === byte);

const ascii = (bytes: Uint8Array) =>
  String.fromCharCode(...bytes.subarray(0, 600).filter((byte) => byte !== 0)).trimStart();

/**
 * What a file is, by its first bytes; its name is not trusted.
 * @throws DomainError `guests.import_format` for the formats people try that are not guest lists.
 */
export function sniffFormat(bytes: Uint8Array): 'archive' | 'vcard' | 'text' {
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04) || startsWith(bytes, 0x50, 0x4b, 0x05, 0x06)) {
    return 'archive';
  }
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) {
    throw refuseFile(
      'format',
      'This is an old Excel file (.xls) or a workbook protected by a password. Open it, save it as .xlsx without a password, and choose the new file.',
    );
  }
  if (startsWith(bytes, 0x25, 0x50, 0x44, 0x46)) {
    throw refuseFile(
      'format',
      'This is a PDF. Guest lists are read from spreadsheets: export the list as .xlsx or CSV from the program it was made in.',
    );
  }
  if (startsWith(bytes, 0x89, 0x50, 0x4e, 0x47) || startsWith(bytes, 0xff, 0xd8, 0xff)) {
    throw refuseFile(
      'format',
      'This is a picture. Type or export the guest list as a spreadsheet (.xlsx or CSV) and choose that file.',
    );
  }
  const start = ascii(bytes)
    .replace(/^(ï»¿|ÿþ|þÿ)/, '')
    .trimStart();
  if (/^<(!doctype html|html|table|\?xml|\?mso)/i.test(start)) {
    throw refuseFile(
      'format',
      'This file is a web page or XML document, even if its name ends in .xls or .csv. Open it in your spreadsheet program, save it as .xlsx or CSV, and choose the new file.',
    );
  }
  if (/^\{\\rtf/.test(start)) {
    throw refuseFile(
      'format',
      'This is a text document (RTF). Save the list as .xlsx or CSV and choose that file.',
    );
  }
  return /^BEGIN:VCARD/i.test(start) ? 'vcard' : 'text';
}
