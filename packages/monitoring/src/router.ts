import {
  JobInput,
  ListFailedJobs,
  ListMails,
  ListOperatorActions,
  ListOrganizationMembers,
  ListOrganizations,
  ListUsers,
  MailInput,
  UpdateOrganizationTier,
  UpdateUserDisabled,
  UpdateUserOperator,
  UserInput,
} from '@wedsync/contracts/monitoring';
import { UpdateSendRate } from '@wedsync/contracts/monitoring-sending';
import { mergeRouters, router } from '@wedsync/rpc/init';
import { operatorProcedure } from '@wedsync/rpc/procedures';
import { cancelJob } from './cancel-job.ts';
import { clearMails } from './clear-mails.ts';
import type { MonitoringDeps } from './ports.ts';
import { getDatabase } from './queries/database.ts';
import { getOutbox, listFailedJobs, listQueues } from './queries/jobs.ts';
import { getMail, getRawMail, listMails } from './queries/mail.ts';
import { listOperatorActions } from './queries/operator-actions.ts';
import { listOrganizationMembers, listOrganizations } from './queries/organizations.ts';
import { listSchedules } from './queries/schedules.ts';
import { getSending } from './queries/sending.ts';
import { listServices } from './queries/services.ts';
import { listUsers } from './queries/users.ts';
import { removeUserSessions } from './remove-user-sessions.ts';
import { retryJob } from './retry-job.ts';
import { createSeatingRouter } from './seating-router.ts';
import { createSmsRouter } from './sms-router.ts';
import { updateOrganizationTier } from './update-organization-tier.ts';
import { updateSendRate } from './update-send-rate.ts';
import { updateUserDisabled } from './update-user-disabled.ts';
import { updateUserOperator } from './update-user-operator.ts';

export type { MonitoringDeps } from './ports.ts';

/** The operators' door. What it looks into is handed in: no other room needs it in its context. */
export function createMonitoringRouter(monitoring: MonitoringDeps) {
  const operator = operatorProcedure.use(({ ctx, next }) =>
    next({ ctx: { operator: { ...ctx.service, monitoring } } }),
  );
  const installationRouter = router({
    listServices: operator.query(({ ctx }) => listServices(ctx.operator)),
    getDatabase: operator.query(({ ctx }) => getDatabase(ctx.operator)),

    listQueues: operator.query(({ ctx }) => listQueues(ctx.operator)),
    listFailedJobs: operator
      .input(ListFailedJobs)
      .query(({ ctx, input }) => listFailedJobs(ctx.operator, input)),
    retryJob: operator.input(JobInput).mutation(({ ctx, input }) => retryJob(ctx.operator, input)),
    cancelJob: operator
      .input(JobInput)
      .mutation(({ ctx, input }) => cancelJob(ctx.operator, input)),
    listSchedules: operator.query(({ ctx }) => listSchedules(ctx.operator)),
    getOutbox: operator.query(({ ctx }) => getOutbox(ctx.operator)),

    getSending: operator.query(({ ctx }) => getSending(ctx.operator)),
    updateSendRate: operator
      .input(UpdateSendRate)
      .mutation(({ ctx, input }) => updateSendRate(ctx.operator, input)),

    listMails: operator.input(ListMails).query(({ ctx, input }) => listMails(ctx.operator, input)),
    getMail: operator.input(MailInput).query(({ ctx, input }) => getMail(ctx.operator, input)),
    getRawMail: operator
      .input(MailInput)
      .query(({ ctx, input }) => getRawMail(ctx.operator, input)),
    clearMails: operator.mutation(({ ctx }) => clearMails(ctx.operator)),

    listOrganizations: operator
      .input(ListOrganizations)
      .query(({ ctx, input }) => listOrganizations(ctx.operator, input)),
    listOrganizationMembers: operator
      .input(ListOrganizationMembers)
      .query(({ ctx, input }) => listOrganizationMembers(ctx.operator, input)),
    updateOrganizationTier: operator
      .input(UpdateOrganizationTier)
      .mutation(({ ctx, input }) => updateOrganizationTier(ctx.operator, input)),

    listUsers: operator.input(ListUsers).query(({ ctx, input }) => listUsers(ctx.operator, input)),
    updateUserDisabled: operator
      .input(UpdateUserDisabled)
      .mutation(({ ctx, input }) => updateUserDisabled(ctx.operator, input)),
    updateUserOperator: operator
      .input(UpdateUserOperator)
      .mutation(({ ctx, input }) => updateUserOperator(ctx.operator, input)),
    removeUserSessions: operator
      .input(UserInput)
      .mutation(({ ctx, input }) => removeUserSessions(ctx.operator, input)),

    listOperatorActions: operator
      .input(ListOperatorActions)
      .query(({ ctx, input }) => listOperatorActions(ctx.operator, input)),
  });
  return mergeRouters(
    installationRouter,
    createSmsRouter(monitoring),
    createSeatingRouter(monitoring),
  );
}
