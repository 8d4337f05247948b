import { execFileSync } from 'node:child_process';
import { debianPackages } from '@wedsync/platform/required-package';

/**
 * The text of a PDF as a reader finds it, one entry per page. Needs `pdftotext` of Debian's
 * poppler-utils; see `missingPackage`.
 */
export function pdfPages(pdf: Buffer): string[] {
  const text = execFileSync(debianPackages['poppler-utils'], ['-layout', '-', '-'], {
    input: pdf,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  // A form feed ends every page.
  return text.split('\f').slice(0, -1);
}

export async function collect(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}
