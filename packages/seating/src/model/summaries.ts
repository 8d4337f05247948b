/** What an operation's summary names: ids and labels, resolved to words when it is shown. */
export interface OperationParts {
  /** Up to three of the guests. */
  guestIds?: string[];
  guestCount?: number;
  /** Up to three of the tables. */
  tableLabels?: string[];
  tableCount?: number;
  fixtureCount?: number;
  seatsBefore?: number;
  seatsAfter?: number;
  isLocked?: boolean;
  versionName?: string;
  /** For "undone" and "redone": what was. */
  ofKind?: string;
}

type Names = Readonly<Record<string, string>>;

const listed = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

function guests({ guestIds = [], guestCount = guestIds.length }: OperationParts, names: Names) {
  const known = guestIds.map((id) => names[id]).filter((name) => name !== undefined);
  if (guestCount <= 2 && known.length === guestCount && guestCount > 0) return listed(known);
  return guestCount === 1 ? 'a guest' : `${guestCount} guests`;
}

function tables({ tableLabels = [], tableCount = tableLabels.length }: OperationParts): string {
  if (tableCount === 1 && tableLabels.length === 1) return `table ${tableLabels[0]}`;
  if (tableCount <= 3 && tableLabels.length === tableCount) return `tables ${listed(tableLabels)}`;
  return `${tableCount} tables`;
}

const fixtures = ({ fixtureCount = 0 }: OperationParts) =>
  fixtureCount === 1 ? 'a fixture' : `${fixtureCount} fixtures`;

function tableUpdated(parts: OperationParts): string {
  if (parts.isLocked !== undefined)
    return `${tables(parts)} ${parts.isLocked ? 'locked' : 'unlocked'}`;
  if (parts.seatsBefore === undefined) return `${tables(parts)} changed`;
  const lost = parts.guestCount ? `; ${parts.guestCount} unseated` : '';
  return `${tables(parts)}: ${parts.seatsBefore} to ${parts.seatsAfter} seats${lost}`;
}

function moved(parts: OperationParts): string {
  const words = [];
  if (parts.tableCount) words.push(tables(parts));
  if (parts.fixtureCount) words.push(fixtures(parts));
  return `${listed(words)} moved`;
}

const words: Record<string, (parts: OperationParts, names: Names) => string> = {
  'layout-created': () => 'floor plan created',
  'layout-updated': () => 'room changed',
  'tables-added': (parts) => `${tables(parts)} added`,
  'table-updated': tableUpdated,
  'things-moved': moved,
  'tables-removed': (parts) =>
    `${tables(parts)} removed${parts.guestCount ? `; ${parts.guestCount} unseated` : ''}`,
  'fixtures-added': (parts) => `${fixtures(parts)} added`,
  'fixture-updated': () => 'a fixture changed',
  'fixtures-removed': (parts) => `${fixtures(parts)} removed`,
  assigned: (parts, names) => `${guests(parts, names)} to ${tables(parts)}`,
  swapped: (parts, names) => `${guests(parts, names)} changed places`,
  unassigned: (parts, names) => `${guests(parts, names)} unseated`,
  locked: (parts, names) => `${guests(parts, names)} locked`,
  unlocked: (parts, names) => `${guests(parts, names)} unlocked`,
  'guests-left': (parts, names) => `${guests(parts, names)} no longer invited, seat freed`,
  'rules-changed': () => 'seating rules changed',
  'run-applied': (parts, names) => `suggested plan applied: ${guests(parts, names)} moved`,
  'version-restored': (parts) => `plan "${parts.versionName ?? ''}" brought back`,
  imported: (parts, names) => `seating imported: ${guests(parts, names)} moved`,
};

const capitalized = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/**
 * One line for the history, e.g. "Ann Lee to table 4". Names come in from outside because they are
 * never stored with an operation; a guest who is gone is "a guest".
 */
export function summarize(kind: string, parts: OperationParts, names: Names): string {
  if (kind === 'undone' || kind === 'redone') {
    const what = words[parts.ofKind ?? '']?.(parts, names) ?? 'a change';
    return `${capitalized(kind)}: ${what}`;
  }
  return capitalized(words[kind]?.(parts, names) ?? 'plan changed');
}
