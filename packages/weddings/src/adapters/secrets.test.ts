import { expect, it } from 'vitest';
import { hashPassword, verifyPassword } from './password-hash.ts';
import { openToken, sealToken } from './sealed-token.ts';

it('a hash is argon2id, salted, and true for its password alone', async () => {
  const password = 'correct horse battery';
  const [one, two] = await Promise.all([hashPassword(password), hashPassword(password)]);
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(one).not.toBe(two);
  expect(await verifyPassword({ hash: one, password })).toBe(true);
  expect(await verifyPassword({ hash: one, password: `${password} ` })).toBe(false);
  expect(await verifyPassword({ hash: 'nonsense', password })).toBe(false);
});

it('the same characters give the same password, however a keyboard composes them', async () => {
  const hash = await hashPassword('cafe\u0301 au lait');
  expect(await verifyPassword({ hash, password: 'caf\u00e9 au lait' })).toBe(true);
});

it('a sealed token opens under its secret and in its row alone', () => {
  const sealed = sealToken('secret', 'the token', 'row-1');
  expect(sealed).not.toContain('token');
  expect(openToken('secret', sealed, 'row-1')).toBe('the token');
  expect(() => openToken('other', sealed, 'row-1')).toThrow();
  expect(() => openToken('secret', sealed, 'row-2')).toThrow();
  expect(() => openToken('secret', `${sealed.slice(0, -2)}AA`, 'row-1')).toThrow();
});
