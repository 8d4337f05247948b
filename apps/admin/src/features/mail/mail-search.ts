/** What the address of the mail page holds: the open mail, and what is searched for. */
export interface MailSearch {
  mail?: string | undefined;
  search?: string | undefined;
}

const text = (value: unknown) => (typeof value === 'string' && value ? value : undefined);

export function mailSearch(search: Record<string, unknown>): MailSearch {
  return { mail: text(search.mail), search: text(search.search) };
}
