import { generateKeyPairSync, sign } from 'node:crypto';

/** One DER element (X.690): tag, length, content. */
function der(tag: number, ...contents: (Buffer | string)[]): Buffer {
  const content = Buffer.concat(contents.map((part) => Buffer.from(part as string, 'latin1')));
  const { length } = content;
  const size =
    length < 0x80 ? Buffer.from([length]) : Buffer.from([0x82, length >> 8, length & 0xff]);
  return Buffer.concat([Buffer.from([tag]), size, content]);
}

const sequence = (...parts: Buffer[]) => der(0x30, ...parts);
const oid = (...bytes: number[]) => der(0x06, Buffer.from(bytes));
const utcTime = (date: Date) =>
  der(0x17, `${date.toISOString().slice(2, 19).replace(/[-:T]/g, '')}Z`);

const ecdsaWithSha256 = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
const commonName = (name: string) =>
  sequence(der(0x31, sequence(oid(0x55, 0x04, 0x03), der(0x0c, name))));
const alternativeNames = (name: string, address: readonly number[]) =>
  sequence(
    oid(0x55, 0x1d, 0x11),
    der(0x04, sequence(der(0x82, name), der(0x87, Buffer.from(address)))),
  );
const isAuthority = sequence(
  oid(0x55, 0x1d, 0x13),
  der(0x01, Buffer.from([0xff])),
  der(0x04, sequence(der(0x01, Buffer.from([0xff])))),
);

const day = 86_400_000;

export interface SelfSignedOptions {
  name?: string;
  /** IPv4 */
  address?: readonly number[];
  validDays?: number;
}

/** A key and a certificate that is valid from yesterday on and vouches for itself (RFC 5280), in PEM. */
export function selfSigned({
  name = 'localhost',
  address = [127, 0, 0, 1],
  validDays = 1,
}: SelfSignedOptions = {}): { key: string; cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const now = Date.now();
  const toBeSigned = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1])),
    ecdsaWithSha256,
    commonName(name),
    sequence(utcTime(new Date(now - day)), utcTime(new Date(now + validDays * day))),
    commonName(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(alternativeNames(name, address), isAuthority)),
  );
  const signature = der(0x03, Buffer.from([0]), sign('sha256', toBeSigned, privateKey));
  const body = sequence(toBeSigned, ecdsaWithSha256, signature).toString('base64');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${body.match(/.{1,64}/g)?.join('\n')}\n-----END CERTIFICATE-----\n`,
  };
}
