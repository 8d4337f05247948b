/** The properties that were given a value: what a partial input leaves out stays as it is. */
export function given<T extends object>(set: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  const entries = Object.entries(set).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [Key in keyof T]?: Exclude<T[Key], undefined> };
}
