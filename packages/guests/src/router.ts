import {
  ApplyImport,
  ExportGuests,
  PreviewImport,
  UndoImport,
} from '@wedsync/contracts/guest-imports';
import {
  CreateGuest,
  CreateTag,
  FindGuests,
  GetGuest,
  GuestHistory,
  InviteGuests,
  ListGuests,
  RecordAnswers,
  RemoveGuests,
  RemoveTag,
  RestoreGuests,
  SearchGuests,
  TagGuests,
  UninviteGuests,
  UpdateGuest,
  UpdateTag,
} from '@wedsync/contracts/guests';
import * as homes from '@wedsync/contracts/households';
import { CreateQuestion, RemoveQuestion, UpdateQuestion } from '@wedsync/contracts/rsvp';
import { router } from '@wedsync/rpc/init';
import { weddingProcedure as wedding } from '@wedsync/rpc/procedures';
import * as room from './index.ts';

const reads = {
  list: wedding.input(ListGuests).query(({ ctx, input }) => room.listGuests(ctx.service, input)),
  find: wedding.input(FindGuests).query(({ ctx, input }) => room.findGuests(ctx.service, input)),
  get: wedding.input(GetGuest).query(({ ctx, input }) => room.getGuest(ctx.service, input)),
  search: wedding
    .input(SearchGuests)
    .query(({ ctx, input }) => room.searchGuests(ctx.service, input)),
  summary: wedding.query(({ ctx }) => room.summarizeGuests(ctx.service)),
  history: wedding
    .input(GuestHistory)
    .query(({ ctx, input }) => room.getGuestHistory(ctx.service, input)),
};

const writes = {
  create: wedding
    .input(CreateGuest)
    .mutation(({ ctx, input }) => room.createGuest(ctx.service, input)),
  update: wedding
    .input(UpdateGuest)
    .mutation(({ ctx, input }) => room.updateGuest(ctx.service, input)),
  remove: wedding
    .input(RemoveGuests)
    .mutation(({ ctx, input }) => room.removeGuests(ctx.service, input)),
  restore: wedding
    .input(RestoreGuests)
    .mutation(({ ctx, input }) => room.restoreGuests(ctx.service, input)),
  tag: wedding.input(TagGuests).mutation(({ ctx, input }) => room.tagGuests(ctx.service, input)),
  invite: wedding
    .input(InviteGuests)
    .mutation(({ ctx, input }) => room.inviteGuests(ctx.service, input)),
  uninvite: wedding
    .input(UninviteGuests)
    .mutation(({ ctx, input }) => room.uninviteGuests(ctx.service, input)),
  recordAnswers: wedding
    .input(RecordAnswers)
    .mutation(({ ctx, input }) => room.recordAnswers(ctx.service, input)),
};

const tags = {
  listTags: wedding.query(({ ctx }) => room.listTags(ctx.service)),
  createTag: wedding
    .input(CreateTag)
    .mutation(({ ctx, input }) => room.createTag(ctx.service, input)),
  updateTag: wedding
    .input(UpdateTag)
    .mutation(({ ctx, input }) => room.updateTag(ctx.service, input)),
  removeTag: wedding
    .input(RemoveTag)
    .mutation(({ ctx, input }) => room.removeTag(ctx.service, input)),
};

const questions = {
  listQuestions: wedding.query(({ ctx }) => room.listQuestions(ctx.service)),
  createQuestion: wedding
    .input(CreateQuestion)
    .mutation(({ ctx, input }) => room.createQuestion(ctx.service, input)),
  updateQuestion: wedding
    .input(UpdateQuestion)
    .mutation(({ ctx, input }) => room.updateQuestion(ctx.service, input)),
  removeQuestion: wedding
    .input(RemoveQuestion)
    .mutation(({ ctx, input }) => room.removeQuestion(ctx.service, input)),
};

const imports = {
  listImports: wedding.query(({ ctx }) => room.listImports(ctx.service)),
  // A file does not fit a URL; nothing is written.
  previewImport: wedding
    .input(PreviewImport)
    .mutation(({ ctx, input }) => room.previewImport(ctx.service, input)),
  applyImport: wedding
    .input(ApplyImport)
    .mutation(({ ctx, input }) => room.applyImport(ctx.service, input)),
  undoImport: wedding
    .input(UndoImport)
    .mutation(({ ctx, input }) => room.undoImport(ctx.service, input)),
  export: wedding
    .input(ExportGuests)
    .mutation(({ ctx, input }) => room.exportGuests(ctx.service, input)),
};

const households = (linkSecret: string) => ({
  listHouseholds: wedding
    .input(homes.ListHouseholds)
    .query(({ ctx, input }) => room.listHouseholds(ctx.service, input)),
  getHousehold: wedding
    .input(homes.GetHousehold)
    .query(({ ctx, input }) => room.getHousehold(ctx.service, input)),
  createHousehold: wedding
    .input(homes.CreateHousehold)
    .mutation(({ ctx, input }) => room.createHousehold(ctx.service, input)),
  updateHousehold: wedding
    .input(homes.UpdateHousehold)
    .mutation(({ ctx, input }) => room.updateHousehold(ctx.service, input)),
  removeHousehold: wedding
    .input(homes.RemoveHousehold)
    .mutation(({ ctx, input }) => room.removeHousehold(ctx.service, input)),
  issueHouseholdLink: wedding
    .input(homes.IssueHouseholdLink)
    .mutation(({ ctx, input }) => room.issueHouseholdLink(ctx.service, input, linkSecret)),
  revokeHouseholdLink: wedding
    .input(homes.RevokeHouseholdLink)
    .mutation(({ ctx, input }) => room.revokeHouseholdLink(ctx.service, input)),
});

/** The planner's door to the guest list; `linkSecret` derives the households' links. */
export function createGuestsRouter({ linkSecret }: { linkSecret: string }) {
  return router({
    ...reads,
    ...writes,
    ...households(linkSecret),
    ...tags,
    ...questions,
    ...imports,
  });
}
