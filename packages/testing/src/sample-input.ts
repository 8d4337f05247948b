import { z } from 'zod';

/** The parts of JSON Schema that zod's inputs turn into. */
interface JsonSchema {
  type?: string;
  format?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
  prefixItems?: JsonSchema[];
  minItems?: number;
  minLength?: number;
  minimum?: number;
  default?: unknown;
}

/** Gives the value of an id by the name of its property, e.g. `guestId` or `guestIds`. */
export type IdOf = (property: string) => string;

const textByFormat: Record<string, string> = {
  email: 'somebody@example.com',
  date: '2027-06-12',
  'date-time': '2027-06-12T12:00:00Z',
  uri: 'https://example.com/',
};

function sampleText(schema: JsonSchema, name: string, idOf: IdOf): string {
  if (schema.format === 'uuid') return idOf(name);
  return textByFormat[schema.format ?? ''] ?? 'x'.repeat(Math.max(1, schema.minLength ?? 1));
}

function sampleOf(schema: JsonSchema, name: string, idOf: IdOf): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const [choice] = schema.anyOf ?? schema.oneOf ?? schema.allOf ?? [];
  if (choice) return sampleOf(choice, name, idOf);
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([key, value]) => [
          key,
          sampleOf(value, key, idOf),
        ]),
      );
    case 'array':
      return (schema.prefixItems ?? [schema.items ?? {}]).map((item) => sampleOf(item, name, idOf));
    case 'string':
      return sampleText(schema, name, idOf);
    case 'integer':
    case 'number':
      return Math.max(1, schema.minimum ?? 1);
    case 'boolean':
      return true;
    default:
      return null;
  }
}

/**
 * An input that a procedure would take, every property filled, with ids chosen by `idOf`. Good
 * enough to reach a verb's rules; a refinement may still refuse it.
 */
export function sampleInput(schemas: readonly z.ZodType[], idOf: IdOf): Record<string, unknown> {
  return Object.assign(
    {},
    ...schemas.map((schema) => {
      const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
      return sampleOf(json as JsonSchema, '', idOf);
    }),
  );
}
