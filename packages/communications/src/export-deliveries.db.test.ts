import { MessageId, newId } from '@wedsync/contracts/ids';
import { createTestDatabase } from '@wedsync/db/testing/test-database';
import { userContext } from '@wedsync/testing/contexts';
import { seedMessage } from '@wedsync/testing/factories/communications';
import { seedGuest, seedGuests } from '@wedsync/testing/factories/guests';
import { seedWedding } from '@wedsync/testing/factories/weddings';
import { afterAll, expect, it } from 'vitest';
import { exportDeliveries } from './export-deliveries.ts';
import { createRig } from './testing/rig.ts';

const db = await createTestDatabase();
const rig = createRig(db, { smtpUrl: 'smtp://127.0.0.1:9' });
afterAll(async () => {
  await rig.close();
  await db.drop();
});
const place = await seedWedding(db.admin);
const planner = userContext(db.app, { ...place, userId: place.ownerId });
const stranger = userContext(db.app, await seedWedding(db.admin));
const viewer = userContext(db.app, { ...place, access: { weddingRole: 'viewer' } });

async function linesOf(input: Parameters<typeof exportDeliveries>[1]) {
  const { content, fileName } = await exportDeliveries(planner, input);
  const parts: string[] = [];
  for await (const part of content) parts.push(part);
  return { parts, fileName, lines: parts.join('').trimEnd().split('\r\n') };
}

it('the file has a line for everybody, read part by part, and no formula', async () => {
  await seedGuests(db.admin, { weddingId: place.weddingId, count: 2_300 });
  await seedGuest(db.admin, {
    weddingId: place.weddingId,
    firstName: '=HYPERLINK("x")',
    lastName: '',
    email: 'formula@example.com',
  });
  const messageId = await seedMessage(db.admin, { ...place, state: 'queued' });
  await rig.expand(place, messageId);
  const { parts, lines, fileName } = await linesOf({ messageId });
  expect(fileName).toMatch(/^deliveries-\d{4}-\d\d-\d\d\.csv$/);
  expect(parts.length).toBe(4);
  expect(lines).toHaveLength(2_302);
  expect(lines[0]?.startsWith('\uFEFFGuest,Household,Channel,Address,State')).toBe(true);
  expect(lines.find((line) => line.includes('formula@example.com'))).toMatch(
    /^"'=HYPERLINK\(""x""\)",/,
  );
  const skipped = await linesOf({ messageId, states: ['skipped'] });
  expect(skipped.lines.length).toBeGreaterThan(100);
  expect(skipped.lines.slice(1).every((line) => line.includes(',skipped,'))).toBe(true);
  const audit = await db.admin<{ actor_id: string }[]>`
    select actor_id from wedding.audit_log
    where entity_id = ${messageId} and action = 'communications.export-deliveries'`;
  expect(audit.map(({ actor_id }) => actor_id)).toEqual([place.ownerId, place.ownerId]);
});

it('nobody gets a file of a wedding that is not theirs, nor viewers of their own', async () => {
  const messageId = await seedMessage(db.admin, place);
  await expect(exportDeliveries(stranger, { messageId })).rejects.toMatchObject({
    kind: 'not-found',
  });
  await expect(exportDeliveries(viewer, { messageId })).rejects.toMatchObject({
    kind: 'forbidden',
  });
  await expect(exportDeliveries(planner, { messageId: newId(MessageId) })).rejects.toMatchObject({
    kind: 'not-found',
  });
});
