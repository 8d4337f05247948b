import type { TestDatabase } from '@wedsync/db/testing/database';

/**
 * Everything that the database holds, as text: every column of every table, `bytea` as its bytes in
 * hexadecimal. Search it with `isStored`.
 */
export async function storedText(
  admin: TestDatabase['admin'],
  schemas: readonly string[] = ['wedding', 'ops', 'auth', 'bullmq'],
): Promise<Map<string, string>> {
  const tables = await admin<{ name: string }[]>`
    select format('%I.%I', nspname, relname) as name
    from pg_class join pg_namespace on pg_namespace.oid = relnamespace
    where relkind in ('r', 'm') and nspname = any(${schemas as string[]})`;
  const texts = new Map<string, string>();
  for (const { name } of tables) {
    const [row] = await admin.unsafe(`select string_agg(t::text, E'\\n') as text from ${name} t`);
    texts.set(name, row?.text ?? '');
  }
  return texts;
}

/** The tables in which a value stands: as text in any case, or as bytes. */
export function tablesWith(texts: ReadonlyMap<string, string>, value: string): string[] {
  const forms = [value.toLowerCase(), Buffer.from(value).toString('hex')];
  return [...texts].flatMap(([name, text]) => {
    const folded = text.toLowerCase();
    return forms.some((form) => folded.includes(form)) ? [name] : [];
  });
}
