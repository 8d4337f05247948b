export { failureOf } from '@wedsync/contracts/failure';
