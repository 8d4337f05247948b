import { afterAll, inject } from 'vitest';
import { cloneDatabase, type TestDatabase } from './database.ts';
import type { TestCluster } from './test-cluster.ts';

declare module 'vitest' {
  interface ProvidedContext {
    testCluster: TestCluster;
  }
}

/**
 * A database for this test file, dropped after its last test. Call it once, at the top level:
 * `const db = await createTestDatabase();`
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const database = await cloneDatabase(inject('testCluster'));
  afterAll(() => database.drop());
  return database;
}
