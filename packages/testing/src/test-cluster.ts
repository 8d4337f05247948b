export * from '@wedsync/db/testing/test-cluster';
