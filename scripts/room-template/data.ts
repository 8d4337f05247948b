import type { RoomNames } from './names.ts';

export const migration = ({
  room,
  entity,
  table,
}: RoomNames) => `-- ${room}: one row per ${entity} of a wedding.
set lock_timeout = '5s';
set statement_timeout = '60s';

create table wedding.${table} (
  wedding_id uuid not null,
  id uuid not null,
  name text not null,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint ${table}_pk primary key (wedding_id, id),
  constraint ${table}_wedding_id_fk foreign key (wedding_id)
    references wedding.weddings (id) on delete cascade,
  constraint ${table}_name_ck check (length(name) between 1 and 200)
);
comment on table wedding.${table} is 'Each wedding''s ${room.replaceAll('-', ' ')}';
call ops.protect_tenant_table('wedding.${table}', 'wedding_id = (select wedding.current_wedding_id())');
`;

export const schema = ({
  roomCamel,
  table,
}: RoomNames) => `import { integer, pgSchema, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';

const wedding = pgSchema('wedding');
const moment = (name: string) => timestamp(name, { withTimezone: true });

export const ${roomCamel} = wedding.table(
  '${table}',
  {
    weddingId: uuid('wedding_id').notNull(),
    id: uuid('id').notNull(),
    name: text('name').notNull(),
    version: integer('version').notNull().default(1),
    createdAt: moment('created_at').notNull().defaultNow(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.weddingId, table.id] })],
);
`;

export const contract = ({ entity, entityPascal }: RoomNames) => `import { z } from 'zod';

export const ${entityPascal}Id = z.uuid().brand<'${entityPascal}Id'>();
export type ${entityPascal}Id = z.infer<typeof ${entityPascal}Id>;

export interface ${entityPascal} {
  id: ${entityPascal}Id;
  name: string;
  version: number;
}

/** Answers the new \`${entityPascal}\`. */
export const Create${entityPascal} = z.object({
  name: z.string().trim().min(1, { error: 'Give the ${entity.replaceAll('-', ' ')} a name.' }).max(200),
});
export type Create${entityPascal} = z.input<typeof Create${entityPascal}>;
`;
