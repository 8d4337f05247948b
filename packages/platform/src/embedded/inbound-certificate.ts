import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole } from './files.ts';
import { selfSigned } from './self-signed.ts';

export interface CertificateFiles {
  keyFile: string;
  certFile: string;
}

const validDays = 400;
const renewedAfterMs = 300 * 24 * 3_600_000;

/**
 * A key and a certificate that vouches for itself, with which the inbound listener of this machine
 * offers STARTTLS; made on the first call, kept in `dir`, and made anew long before they expire.
 */
export async function embeddedInboundCertificate(
  dir: string,
  name: string,
): Promise<CertificateFiles> {
  const files = { keyFile: join(dir, 'inbound-tls.key'), certFile: join(dir, 'inbound-tls.crt') };
  const madeAt = await stat(files.certFile).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
  if (Date.now() - madeAt < renewedAfterMs) return files;
  const { key, cert } = selfSigned({ name, validDays });
  await mkdir(dir, { recursive: true });
  await writeWhole(files.keyFile, key, 0o600);
  await writeWhole(files.certFile, cert, 0o644);
  return files;
}
