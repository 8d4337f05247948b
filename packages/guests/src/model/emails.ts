export interface ReadEmails {
  emails: string[];
  /** Pieces that are no address, as they stand in the cell. */
  invalid: string[];
  /** Addresses whose domain looks mistyped, with the likely one. */
  suspicious: { email: string; suggestion: string }[];
}

/**
 * The syntax mail servers accept in practice: RFC 5321 dot-string local part of at most 64 octets,
 * host name of at least two labels. Quoted local parts and address literals are refused on purpose.
 */
const syntax =
  /^(?=.{3,254}$)(?=[^@]{1,64}@)[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{N}!#$%&'*+/=?^_`{|}~-]+)*@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])$/u;

export const isEmail = (text: string): boolean => syntax.test(text);

/** Slips of well-known mail domains. Only reported: the address may be right after all. */
const mistyped: Readonly<Record<string, string>> = {
  'gmial.com': 'gmail.com',
  'gmai.com': 'gmail.com',
  'gmal.com': 'gmail.com',
  'gmail.co': 'gmail.com',
  'gmail.con': 'gmail.com',
  'gnail.com': 'gmail.com',
  'hotmial.com': 'hotmail.com',
  'hotmail.con': 'hotmail.com',
  'hotmai.com': 'hotmail.com',
  'outlok.com': 'outlook.com',
  'outlook.con': 'outlook.com',
  'yaho.com': 'yahoo.com',
  'yahoo.con': 'yahoo.com',
  'iclod.com': 'icloud.com',
  'icloud.con': 'icloud.com',
};

/** Addresses of a cell: several, `Name <a@b.org>`, `mailto:`, surrounded by punctuation. */
export function readEmails(cell: string): ReadEmails {
  const result: ReadEmails = { emails: [], invalid: [], suspicious: [] };
  const text = cell
    .replace(/mailto:/gi, '')
    .replace(/\s*(\(at\)|\[at\])\s*/gi, '@')
    .replace(/[^<>;,\n]*<([^<>]*)>/g, '$1;');
  for (const piece of text.split(/[\s;,|]+|\/(?=[^/]*@)/)) {
    const bare = piece.replace(/^["'“”‘’(<[:]+|["'“”‘’)>\].:]+$/g, '');
    if (bare === '' || /^(and|or|und|oder|et|ou|y|o|e|en|of|&)$/i.test(bare)) continue;
    const email = bare.toLowerCase();
    if (!isEmail(email)) {
      result.invalid.push(bare);
      continue;
    }
    if (result.emails.includes(email)) continue;
    result.emails.push(email);
    const suggestion = mistyped[email.slice(email.indexOf('@') + 1)];
    if (suggestion) {
      const local = email.slice(0, email.indexOf('@'));
      result.suspicious.push({ email, suggestion: `${local}@${suggestion}` });
    }
  }
  return result;
}
