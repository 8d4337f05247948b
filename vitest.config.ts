import { configDefaults, defineConfig } from 'vitest/config';

const needsPostgres = { globalSetup: ['packages/db/src/testing/global-setup.ts'] };
const special = ['**/*.db.test.ts', '**/*.queue.test.ts', '**/*.e2e.test.ts', 'scripts/**'];

export default defineConfig({
  test: {
    // Two cores: more workers only make every test slower and time-outs likelier.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{apps,packages}/*/src/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...special],
        },
      },
      {
        extends: true,
        test: {
          name: 'db',
          include: ['{apps,packages}/*/src/**/*.db.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          ...needsPostgres,
        },
      },
      {
        extends: true,
        test: {
          name: 'queue',
          include: ['{apps,packages}/*/src/**/*.queue.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
          ...needsPostgres,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['{apps,packages}/*/src/**/*.e2e.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          maxWorkers: 1,
          globalSetup: [...needsPostgres.globalSetup, 'packages/testing/src/e2e-setup.ts'],
        },
      },
      {
        extends: true,
        test: { name: 'tidy', include: ['scripts/**/*.test.ts'], testTimeout: 180_000 },
      },
    ],
  },
});
