export * from '@wedsync/platform/required-package';
