import {
  type CommunicationsDeps,
  communicationsJobs,
  type OutboundEmail,
} from '@wedsync/communications/jobs';
import type * as integrity from '@wedsync/contracts/communications-integrity';
import type * as communications from '@wedsync/contracts/communications-jobs';
import type * as guests from '@wedsync/contracts/guests';
import type { JobContract } from '@wedsync/contracts/job';
import type * as monitoring from '@wedsync/contracts/monitoring';
import type * as privacy from '@wedsync/contracts/privacy';
import type * as queue from '@wedsync/contracts/queue';
import type * as seatingRuns from '@wedsync/contracts/seating-runs';
import type * as weddings from '@wedsync/contracts/weddings';
import { guestsJobs } from '@wedsync/guests/jobs';
import { monitoringJobs } from '@wedsync/monitoring/jobs';
import { privacyJobs } from '@wedsync/privacy/jobs';
import type { JobHandler } from '@wedsync/queue/handler';
import { queueJobs } from '@wedsync/queue/jobs';
import { seatingJobs } from '@wedsync/seating/jobs';
import type { ServiceContext } from '@wedsync/service/context';
import { type WeddingsDeps, weddingsJobs } from '@wedsync/weddings/jobs';

/** Every contract file that declares jobs; a test compares the list with the folder. */
interface ContractFiles {
  communications: typeof communications;
  guests: typeof guests;
  integrity: typeof integrity;
  monitoring: typeof monitoring;
  privacy: typeof privacy;
  queue: typeof queue;
  seatingRuns: typeof seatingRuns;
  weddings: typeof weddings;
}

type NamesIn<File> = {
  [Key in keyof File]: File[Key] extends JobContract ? File[Key]['name'] : never;
}[keyof File];
type JobName = { [File in keyof ContractFiles]: NamesIn<ContractFiles[File]> }[keyof ContractFiles];

type Handlers = readonly JobHandler<ServiceContext>[];
type NameOf<List extends Handlers> = List[number]['contract']['name'];
type Unhandled<List extends Handlers> =
  string extends NameOf<List>
    ? 'a room does not list its handlers `as const`'
    : Exclude<JobName, NameOf<List>>;

type Complete<List extends Handlers> = [Unhandled<List>] extends [never]
  ? unknown
  : { noHandlerFor: Unhandled<List> };

/** Does not compile while a contract has no handler; the error names it. */
function everyJob<const List extends Handlers>(handlers: List & Complete<List>): List {
  return handlers;
}

/** What handlers of all rooms together need from this process. */
export type HandlerDeps = CommunicationsDeps &
  Pick<WeddingsDeps<OutboundEmail>, 'authSecret'> & {
    accountMail: WeddingsDeps<OutboundEmail>['transport'];
  };

/** The total map of jobs: each contract with the code that carries it out. */
export function createHandlers(deps: HandlerDeps) {
  return everyJob([
    ...communicationsJobs(deps),
    ...guestsJobs,
    ...monitoringJobs,
    ...privacyJobs,
    ...queueJobs,
    ...seatingJobs,
    ...weddingsJobs({ ...deps, transport: deps.accountMail }),
  ]);
}
