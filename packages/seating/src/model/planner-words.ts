/** "Ann", "Ann and Ben", "Ann, Ben and 3 others". */
export function listNames(names: readonly string[], most: number): string {
  if (names.length <= 1) return names[0] ?? '';
  if (names.length <= most) return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  return `${names.slice(0, most - 1).join(', ')} and ${names.length - most + 1} others`;
}

/** "1 seat", "3 seats". */
export const plural = (count: number, noun: string): string =>
  `${count} ${noun}${count === 1 ? '' : 's'}`;
