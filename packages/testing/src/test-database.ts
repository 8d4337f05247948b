export * from '@wedsync/db/testing/test-database';
