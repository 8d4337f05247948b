import type { TestProject } from 'vitest/node';
import { startTestCluster } from './test-cluster.ts';

/** Vitest's global set-up of every project that needs PostgreSQL. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { stop, adminUrl, template } = await startTestCluster();
  project.provide('testCluster', { adminUrl, template });
  return stop;
}
