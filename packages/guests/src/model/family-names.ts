import { tidySurnameCase } from './person-names.ts';

const familyPatterns: readonly RegExp[] = [
  /^(?:the\s+)?(?<name>[\p{L}'’ .-]+?)(?:\s*[-–]\s*|\s+)(?:family|household|clan)$/iu,
  /^(?:familie|fam\.?|famille|familia|família|famiglia|family|gezin|les|los|gli|die)\s+(?<name>[\p{L}'’ .-]+)$/iu,
  /^the\s+(?<name>[\p{L}'’-]{3,}?)e?s['’]?$/iu,
];

export interface Family {
  label: string;
  surname: string;
  /** What follows in brackets or after a colon: the members. */
  members: string;
}

/** `The Smith family`, `Familie Müller (Hans, Eva)`, `The Joneses`; null when it names people. */
export function parseFamily(text: string): Family | null {
  const split = /^(?<label>[^:(]+?)\s*(?::\s*(?<list>.+)|\((?<inner>[^()]+)\))?$/u.exec(text);
  const label = split?.groups?.label ?? text;
  for (const pattern of familyPatterns) {
    const match = pattern.exec(label.trim());
    const surname = match?.groups?.name?.trim();
    if (!surname) continue;
    const inner = split?.groups?.list ?? split?.groups?.inner ?? '';
    const members = /^\d+$|^x\s*\d+$/i.test(inner.trim()) ? '' : inner;
    return {
      label: label.trim(),
      surname: tidySurnameCase(surname.replace(/^the\s+/i, '')),
      members,
    };
  }
  return null;
}
