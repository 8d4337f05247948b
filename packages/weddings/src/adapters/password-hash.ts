import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';

/** OWASP's first recommendation for argon2id: 19 MiB, 2 passes, 1 lane; about 30 ms here. */
const cost = { memory: 19_456, passes: 2, parallelism: 1 };
const saltBytes = 16;
const tagLength = 32;
const format = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

function derive(password: string, nonce: Buffer, settings: typeof cost): Promise<Buffer> {
  // The same characters typed on another keyboard or system must give the same password.
  const message = password.normalize('NFKC');
  return new Promise((resolve, reject) => {
    argon2('argon2id', { message, nonce, tagLength, ...settings }, (error, tag) => {
      if (error) reject(error);
      else resolve(tag);
    });
  });
}

const unpadded = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');

/** An argon2id hash in PHC format, all of the password counted. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes);
  const tag = await derive(password, salt, cost);
  const { memory, passes, parallelism } = cost;
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(salt)}$${unpadded(tag)}`;
}

/** Compares in constant time, under the cost that the hash was made with. */
export async function verifyPassword(input: { hash: string; password: string }): Promise<boolean> {
  const [, memory, passes, parallelism, salt, tag] = format.exec(input.hash) ?? [];
  if (!salt || !tag) return false;
  const expected = Buffer.from(tag, 'base64');
  const actual = await derive(input.password, Buffer.from(salt, 'base64'), {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
  });
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}
