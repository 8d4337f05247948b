import { passwordLengthMax, passwordLengthMin } from '@wedsync/contracts/account';
import { commonPasswordStems } from './common-passwords.ts';

const stems = new Set(commonPasswordStems);
const keyboardRows = [
  '1234567890',
  '0987654321',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'qwertzuiop',
  'azertyuiop',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
  '1q2w3e4r5t6y7u8i9o0p',
  'q1w2e3r4t5y6u7i8o9p0',
  'abcdefghijklmnopqrstuvwxyz',
];
const substitutes: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  '@': 'a',
  $: 's',
  '!': 'i',
};
const trimmings = /^[^a-z]+|[^a-z]+$/g;

/** Who the password is for: it must not be made of what everybody knows about that person. */
export interface PasswordOwner {
  email?: string | undefined;
  name?: string | undefined;
}

/** The shortest block that repeats to make up the text: `abcabc` -> `abc`. */
function repeatedBlock(text: string): string {
  for (let length = 1; length <= text.length / 2; length++) {
    if (text.length % length === 0 && text.slice(0, length).repeat(text.length / length) === text) {
      return text.slice(0, length);
    }
  }
  return text;
}

const isKeyboardRun = (text: string) =>
  text.length >= 4 && keyboardRows.some((row) => row.repeat(2).includes(text));

/** Dates, telephone numbers, rows of keys; with a letter or three at either end they are no better. */
function isNumberLike(lower: string): boolean {
  if (/^\d{1,12}$/.test(lower)) return true;
  const digits = /^[a-z]{0,3}(\d{5,})[a-z]{0,3}$/.exec(lower)?.[1];
  return digits !== undefined && (isKeyboardRun(digits) || new Set(digits).size <= 2);
}

const spell = (text: string) => Array.from(text, (char) => substitutes[char] ?? char).join('');

/**
 * What is left of a password when the usual disguises are taken off: `P@ssw0rd2024!` is `password`,
 * because substitutes, repetition, and digits and signs around a word add little.
 */
function undisguised(lower: string): Set<string> {
  const block = repeatedBlock(lower);
  const cores = [lower, block].flatMap((text) => [text, text.replace(trimmings, '')]);
  const spelled = cores.map(spell);
  return new Set([...cores, ...spelled, ...spelled.map((text) => text.replace(trimmings, ''))]);
}

/** True for what leads every list of leaked passwords: known words, runs of keys, repetitions. */
export function isCommonPassword(password: string): boolean {
  const lower = password.toLowerCase();
  const block = repeatedBlock(lower);
  if (block.length <= 3 || isKeyboardRun(block)) return true;
  if (isNumberLike(lower)) return true;
  return [...undisguised(lower)].some(
    (text) => stems.has(text) || (text.length >= 5 && isKeyboardRun(text)),
  );
}

function isAboutOwner(password: string, owner: PasswordOwner): boolean {
  const plain = password.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  const facts = [owner.email, owner.email?.split('@')[0], owner.name]
    .map((fact) => fact?.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '') ?? '')
    .filter((fact) => fact.length >= 4);
  return facts.some((fact) => plain.replace(/\d+$/, '') === fact.replace(/\d+$/, ''));
}

/**
 * Why a new password is refused, in words for the person; `undefined` when it is fine. Length and a
 * block list only, no rules of composition (NIST SP 800-63B §3.1.1.2, OWASP ASVS 5.0 §6.2).
 */
export function passwordFault(password: string, owner: PasswordOwner): string | undefined {
  const length = Array.from(password).length;
  if (length < passwordLengthMin) {
    return `Choose a password of at least ${passwordLengthMin} characters. A few unrelated words are easy to remember.`;
  }
  if (length > passwordLengthMax) {
    return `Choose a password of at most ${passwordLengthMax} characters.`;
  }
  if (isCommonPassword(password)) {
    return 'This password is among the first that attackers try. Choose one that others do not use, for example a few unrelated words.';
  }
  if (isAboutOwner(password, owner)) {
    return 'Your name or e-mail address is easy to guess. Choose something that is not about you.';
  }
  return undefined;
}
