/** One recipient's fields of a delivery status notification (RFC 3464 §2.3). */
export interface RecipientStatus {
  action: 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded';
  /** Enhanced status code; empty where the report has none. */
  status: string;
  diagnostic: string;
  /** Host that said it. */
  remoteHost: string;
  /** Domain of the recipient. */
  domain: string;
}

type Fields = ReadonlyMap<string, string>;

/** Groups of header-like fields, separated by empty lines (RFC 3464 §2.1). */
export function fieldGroups(text: string): Fields[] {
  const groups: Fields[] = [];
  for (const block of text
    .replace(/\r\n?/g, '\n')
    .split(/\n[ \t]*\n+/)
    .slice(0, 50)) {
    const fields = new Map<string, string>();
    for (const line of block
      .replace(/\n[ \t]+/g, ' ')
      .split('\n')
      .slice(0, 100)) {
      const colon = line.indexOf(':');
      if (colon < 1) continue;
      const name = line.slice(0, colon).trim().toLowerCase();
      if (!fields.has(name))
        fields.set(
          name,
          line
            .slice(colon + 1)
            .trim()
            .slice(0, 2_000),
        );
    }
    if (fields.size > 0) groups.push(fields);
  }
  return groups;
}

const actions = ['failed', 'delayed', 'delivered', 'relayed', 'expanded'] as const;

/** `rfc822; a@b` and `dns; host` without their types. */
const untyped = (value: string) => value.replace(/^[a-z0-9-]+\s*;\s*/i, '').trim();

const statusCode = /\b([245]\.\d{1,3}\.\d{1,3})\b/;

function recipientOf(fields: Fields): RecipientStatus | undefined {
  const field = (name: string) => fields.get(name) ?? '';
  const recipient = untyped(field('final-recipient') || field('original-recipient'));
  const word = field('action')
    .toLowerCase()
    .split(/[\s;(]/)[0];
  const status = statusCode.exec(field('status'))?.[1] ?? '';
  if (!recipient && !word && !status) return undefined;
  // Some systems leave the action out; the first digit of the status says the same.
  const told = actions.find((action) => action === word);
  const implied = { '2': 'delivered', '4': 'delayed', '5': 'failed' }[status[0] ?? ''] as
    | RecipientStatus['action']
    | undefined;
  const action = told ?? implied;
  if (!action) return undefined;
  return {
    action,
    status,
    diagnostic: untyped(field('diagnostic-code')),
    remoteHost: untyped(field('remote-mta')).split(/[\s(]/)[0] ?? '',
    domain: recipient.slice(recipient.lastIndexOf('@') + 1).replace(/[>\s].*$/, ''),
  };
}

const weight = { failed: 4, delayed: 3, delivered: 2, relayed: 1, expanded: 1 } as const;

/**
 * The recipient of a `message/delivery-status` part whose fate matters most; undefined where the
 * part reports about nobody. Our e-mails have one recipient, a list behind it may have many.
 */
export function readDeliveryStatus(text: string): RecipientStatus | undefined {
  return fieldGroups(text)
    .map(recipientOf)
    .filter((recipient) => recipient !== undefined)
    .toSorted((one, other) => weight[other.action] - weight[one.action])[0];
}
