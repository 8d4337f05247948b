import {
  AcceptFinding,
  ComplianceReportInput,
  ExportComplianceReport,
  ListIntegrityFindings,
  RequestIntegrityCheck,
} from '@wedsync/contracts/communications-integrity';
import { router } from '@wedsync/rpc/init';
import { operatorProcedure, orgProcedure } from '@wedsync/rpc/procedures';
import * as room from './index.ts';

/** What the nightly check found, for operators; how a company stands to the law, for itself. */
export const integrityRouter = router({
  listIntegrityFindings: operatorProcedure
    .input(ListIntegrityFindings)
    .query(({ ctx, input }) => room.listIntegrityFindings(ctx.service, input)),
  listIntegrityRuns: operatorProcedure.query(({ ctx }) => room.listIntegrityRuns(ctx.service)),
  requestIntegrityCheck: operatorProcedure
    .input(RequestIntegrityCheck)
    .mutation(({ ctx, input }) => room.requestIntegrityCheck(ctx.service, input)),
  acceptFinding: operatorProcedure
    .input(AcceptFinding)
    .mutation(({ ctx, input }) => room.acceptFinding(ctx.service, input)),
  getComplianceReport: orgProcedure
    .input(ComplianceReportInput)
    .query(({ ctx, input }) => room.getComplianceReport(ctx.service, input)),
  exportComplianceReport: orgProcedure
    .input(ExportComplianceReport)
    .query(({ ctx, input }) => room.exportComplianceReport(ctx.service, input)),
});
