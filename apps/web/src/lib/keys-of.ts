/**
 * The keys of a record in their order, with their type. Lists of codes come from the words that the
 * interface has for them, which the compiler keeps complete: importing the lists themselves would
 * bring the validators of the whole contract into the browser.
 */
export function keysOf<K extends string>(record: Record<K, unknown>): K[] {
  const keys: string[] = Object.keys(record);
  return keys.filter((key): key is K => key in record);
}
