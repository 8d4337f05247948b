export * from '@wedsync/db/testing/database';
