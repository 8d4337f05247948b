import {
  AddDefaultTemplates,
  CheckWording,
  CreateTemplate,
  GetTemplate,
  GetTemplateVersion,
  ListTemplateUses,
  ListTemplateVersions,
  RemoveTemplate,
  RestoreTemplateVersion,
  UpdateTemplate,
} from '@wedsync/contracts/communications-templates';
import { router } from '@wedsync/rpc/init';
import { weddingProcedure as wedding } from '@wedsync/rpc/procedures';
import * as room from './index.ts';

/** Templates, their versions and the wording in them. */
export const templatesRouter = router({
  listTemplates: wedding.query(({ ctx }) => room.listTemplates(ctx.service)),
  getTemplate: wedding
    .input(GetTemplate)
    .query(({ ctx, input }) => room.getTemplate(ctx.service, input)),
  listTemplateVersions: wedding
    .input(ListTemplateVersions)
    .query(({ ctx, input }) => room.listTemplateVersions(ctx.service, input)),
  getTemplateVersion: wedding
    .input(GetTemplateVersion)
    .query(({ ctx, input }) => room.getTemplateVersion(ctx.service, input)),
  listTemplateUses: wedding
    .input(ListTemplateUses)
    .query(({ ctx, input }) => room.listTemplateUses(ctx.service, input)),
  createTemplate: wedding
    .input(CreateTemplate)
    .mutation(({ ctx, input }) => room.createTemplate(ctx.service, input)),
  updateTemplate: wedding
    .input(UpdateTemplate)
    .mutation(({ ctx, input }) => room.updateTemplate(ctx.service, input)),
  restoreTemplateVersion: wedding
    .input(RestoreTemplateVersion)
    .mutation(({ ctx, input }) => room.restoreTemplateVersion(ctx.service, input)),
  removeTemplate: wedding
    .input(RemoveTemplate)
    .mutation(({ ctx, input }) => room.removeTemplate(ctx.service, input)),
  addDefaultTemplates: wedding
    .input(AddDefaultTemplates)
    .mutation(({ ctx, input }) => room.addDefaultTemplates(ctx.service, input)),
  checkWording: wedding
    .input(CheckWording)
    .query(({ ctx, input }) => room.checkWording(ctx.service, input)),
});
