import type { TestProject } from 'vitest/node';
import { startTestCluster, type TestCluster } from './test-cluster.ts';

declare module 'vitest' {
  interface ProvidedContext {
    testCluster: TestCluster;
  }
}

/** Vitest's global set-up of every project that needs PostgreSQL. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { stop, adminUrl, template } = await startTestCluster();
  project.provide('testCluster', { adminUrl, template });
  return stop;
}
