export { type Failure, failureOf } from '@wedsync/contracts/failure';
