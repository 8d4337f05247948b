import { generateKeyPair } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { exists, writeWhole } from './files.ts';

/**
 * The key that signs this installation's mail: an RSA key of 2048 bits in PEM form, made on the first
 * call and kept, readable by its owner alone. Returns `file`.
 */
export async function embeddedDkimKey(file: string): Promise<string> {
  if (await exists(file)) return file;
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2_048 });
  await mkdir(dirname(file), { recursive: true });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  await writeWhole(file, pem, 0o600);
  return file;
}
