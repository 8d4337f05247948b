import type { RoomNames } from './names.ts';

const verb = ({
  room,
  roomCamel,
  entity,
  entityPascal,
}: RoomNames) => `import { Create${entityPascal}, type ${entityPascal}, ${entityPascal}Id } from '@wedsync/contracts/${room}';
import { newId } from '@wedsync/contracts/ids';
import { ${roomCamel} } from '@wedsync/db/schema/${room}';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { writeTx } from '@wedsync/service/transaction';

/** Adds a ${entity.replaceAll('-', ' ')} to the wedding. @throws DomainError \`invalid\`, \`forbidden\` */
export async function create${entityPascal}(
  ctx: ServiceContext,
  input: Create${entityPascal},
): Promise<${entityPascal}> {
  const fields = parseInput(Create${entityPascal}, input);
  requirePermission(ctx, '${room}.create');
  const weddingId = requireWedding(ctx);
  return writeTx(ctx, async ({ tx, audit, change }) => {
    const id = newId(${entityPascal}Id);
    await tx.insert(${roomCamel}).values({ ...fields, weddingId, id });
    await audit({ action: '${room}.create', entity: '${entity}', entityId: id, after: fields });
    await change({ entity: '${entity}', entityId: id, kind: 'created' });
    return { ...fields, id, version: 1 };
  });
}
`;

const queries = ({
  room,
  roomCamel,
  entityPascal,
}: RoomNames) => `import { type ${entityPascal}, ${entityPascal}Id } from '@wedsync/contracts/${room}';
import { ${roomCamel} } from '@wedsync/db/schema/${room}';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { requirePermission } from '@wedsync/service/permission';
import { readTx } from '@wedsync/service/transaction';
import { asc, eq } from 'drizzle-orm';

/** The wedding's ${room.replaceAll('-', ' ')}, by name. */
export async function list${entityPascal}s(ctx: ServiceContext): Promise<${entityPascal}[]> {
  requirePermission(ctx, '${room}.read');
  const rows = await readTx(ctx, (tx) =>
    tx
      .select({ id: ${roomCamel}.id, name: ${roomCamel}.name, version: ${roomCamel}.version })
      .from(${roomCamel})
      .where(eq(${roomCamel}.weddingId, requireWedding(ctx)))
      .orderBy(asc(${roomCamel}.name), asc(${roomCamel}.id)),
  );
  return rows.map((row) => ({ ...row, id: ${entityPascal}Id.parse(row.id) }));
}
`;

const router = ({
  room,
  roomCamel,
  entity,
  entityPascal,
}: RoomNames) => `import { Create${entityPascal} } from '@wedsync/contracts/${room}';
import { router } from '@wedsync/rpc/init';
import { weddingProcedure } from '@wedsync/rpc/procedures';
import { create${entityPascal} } from './create-${entity}.ts';
import { list${entityPascal}s } from './queries.ts';

export const ${roomCamel}Router = router({
  list: weddingProcedure.query(({ ctx }) => list${entityPascal}s(ctx.service)),
  create: weddingProcedure
    .input(Create${entityPascal})
    .mutation(({ ctx, input }) => create${entityPascal}(ctx.service, input)),
});
`;

const index = ({
  entity,
  entityPascal,
}: RoomNames) => `export { create${entityPascal} } from './create-${entity}.ts';
export { list${entityPascal}s } from './queries.ts';
`;

const test = ({
  room,
  entity,
  entityPascal,
  entityCamel,
}: RoomNames) => `import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { userContext } from '@wedsync/testing/contexts';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { describe, expect, it } from 'vitest';
import { create${entityPascal}, list${entityPascal}s } from './index.ts';

const db = await createTestDatabase();
const mine = await seedWedding(db.admin);
const theirs = await seedWedding(db.admin);
const planner = userContext(db.app, mine);

describe('creating a ${entity.replaceAll('-', ' ')}', () => {
  it('shows it in its own wedding only, with an audit row', async () => {
    const ${entityCamel} = await create${entityPascal}(planner, { name: 'First' });
    expect(await list${entityPascal}s(planner)).toEqual([${entityCamel}]);
    expect(await list${entityPascal}s(userContext(db.app, theirs))).toEqual([]);
    const audit = await db.admin\`
      select from wedding.audit_log where entity_id = \${${entityCamel}.id} and action = '${room}.create'\`;
    expect(audit).toHaveLength(1);
  });

  it('is refused to a viewer', async () => {
    const viewer = userContext(db.app, { ...mine, access: { weddingRole: 'viewer' } });
    await expect(create${entityPascal}(viewer, { name: 'Second' })).rejects.toMatchObject({ kind: 'forbidden' });
  });

  it('says what is missing', async () => {
    await expect(create${entityPascal}(planner, { name: ' ' })).rejects.toMatchObject({ kind: 'invalid' });
  });
});
`;

/** The files in the room's \`src\`. */
export function behaviour(names: RoomNames): Record<string, string> {
  const src = `packages/${names.room}/src`;
  return {
    [`${src}/create-${names.entity}.ts`]: verb(names),
    [`${src}/queries.ts`]: queries(names),
    [`${src}/router.ts`]: router(names),
    [`${src}/index.ts`]: index(names),
    [`${src}/${names.room}.db.test.ts`]: test(names),
  };
}
