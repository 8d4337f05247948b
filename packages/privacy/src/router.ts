import {
  EraseGuest,
  ExportGuestData,
  ListConsents,
  ListKeys,
  RecordConsent,
  RotateKeys,
  UpdateRetentionPolicy,
} from '@wedsync/contracts/privacy';
import { router } from '@wedsync/rpc/init';
import { operatorProcedure, orgProcedure, weddingProcedure } from '@wedsync/rpc/procedures';
import * as room from './index.ts';

/** Consents, rights of guests and retention for planners; keys for operators. */
export const privacyRouter = router({
  listConsents: weddingProcedure
    .input(ListConsents)
    .query(({ ctx, input }) => room.listConsents(ctx.service, input)),
  recordConsent: weddingProcedure
    .input(RecordConsent)
    .mutation(({ ctx, input }) => room.recordConsent(ctx.service, input)),
  listConsentTexts: weddingProcedure.query(({ ctx }) => room.listConsentTexts(ctx.service)),
  eraseGuest: weddingProcedure
    .input(EraseGuest)
    .mutation(({ ctx, input }) => room.eraseGuest(ctx.service, input)),
  // It holds everything about a person: nothing of it belongs into a URL or a cache.
  exportGuestData: weddingProcedure
    .input(ExportGuestData)
    .mutation(({ ctx, input }) => room.exportGuestData(ctx.service, input)),
  getComplianceSummary: weddingProcedure.query(({ ctx }) => room.getComplianceSummary(ctx.service)),

  getRetentionPolicy: orgProcedure.query(({ ctx }) => room.getRetentionPolicy(ctx.service)),
  updateRetentionPolicy: orgProcedure
    .input(UpdateRetentionPolicy)
    .mutation(({ ctx, input }) => room.updateRetentionPolicy(ctx.service, input)),
  getComplianceReport: orgProcedure.query(({ ctx }) => room.getComplianceReport(ctx.service)),

  listKeys: operatorProcedure
    .input(ListKeys)
    .query(({ ctx, input }) => room.listKeys(ctx.service, input)),
  listKeyRotations: operatorProcedure.query(({ ctx }) => room.listKeyRotations(ctx.service)),
  rotateKeys: operatorProcedure
    .input(RotateKeys)
    .mutation(({ ctx, input }) => room.requestRotation(ctx.service, input)),
});
