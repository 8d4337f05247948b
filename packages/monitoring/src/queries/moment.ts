/** PostgreSQL's text of a timestamptz, which connections leave unparsed, as ISO 8601 in UTC. */
export const moment = (text: string): string => new Date(text).toISOString();
export const momentOrNull = (text: string | null): string | null => (text ? moment(text) : null);
