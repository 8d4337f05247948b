import { describe, expect, it } from 'vitest';
import { isCommonPassword, passwordFault } from './password-policy.ts';

describe('a new password', () => {
  it.each([
    'password',
    'Password1',
    'P@ssw0rd!',
    'passwordpassword',
    'qwertyuiop',
    'Qwerty123456',
    '1qaz2wsx3edc',
    'iloveyou2024',
    '!!!football!!!',
    '12345678',
    '123123123123',
    '11111111111',
    'abcabcabcabc',
    'Liverpool1',
    'trustno1trustno1',
    'wedding2027',
  ])('"%s" is among the first that attackers try', (password) => {
    expect(isCommonPassword(password)).toBe(true);
  });

  it.each([
    'correct horse battery',
    'lowercase only words',
    'Tr0ub4dor&3xyz',
    'kkgz4821mmvq',
    '¿dónde está mi café?',
    'pässwörtlich unmöglich',
  ])('"%s" is taken, whatever it is composed of', (password) => {
    expect(passwordFault(password, {})).toBeUndefined();
  });

  it('has eight characters at least and may have very many, counted as people count', () => {
    expect(passwordFault('abcd efg', {})).toBeUndefined();
    expect(passwordFault('seven c', {})).toContain('at least 8');
    expect(passwordFault('🙂🙃🙂🌲🙂', {})).toContain('at least 8');
    expect(passwordFault(`${'long word '.repeat(25)}end`, {})).toBeUndefined();
    expect(passwordFault('word '.repeat(60), {})).toContain('at most 256');
  });

  it('is not the name or the address of its owner', () => {
    const owner = { email: 'ana.ferreira@example.com', name: 'Ana Ferreira' };
    for (const guess of ['ana.ferreira', 'AnaFerreira1990', 'ana.ferreira@example.com']) {
      expect(passwordFault(guess, owner)).toContain('easy to guess');
    }
    expect(passwordFault('ferreira drinks tea', owner)).toBeUndefined();
  });
});
