import { RevokeSession, UpdateProfile } from '@wedsync/contracts/account';
import {
  ArchiveWedding,
  CreateEvent,
  CreateOrganization,
  CreateWedding,
  InvitationInput,
  InvitationToken,
  InviteOrgMember,
  InviteWeddingMember,
  ListAudit,
  ListWeddings,
  MemberInput,
  OnChanges,
  OrderEvents,
  RemoveEvent,
  UpdateEvent,
  UpdateOrganization,
  UpdateOrgMember,
  UpdateWedding,
  UpdateWeddingMember,
} from '@wedsync/contracts/weddings';
import { router, tracked } from '@wedsync/rpc/init';
import { orgProcedure, userProcedure, weddingProcedure } from '@wedsync/rpc/procedures';
import * as weddings from './index.ts';

/** The signed-in person's own account. */
export const accountRouter = router({
  me: userProcedure.query(({ ctx }) => weddings.getProfile(ctx.service, ctx.session)),
  update: userProcedure
    .input(UpdateProfile)
    .mutation(({ ctx, input }) => weddings.updateProfile(ctx.service, input)),
  listSessions: userProcedure.query(({ ctx }) => weddings.listSessions(ctx.service, ctx.session)),
  revokeSession: userProcedure
    .input(RevokeSession)
    .mutation(({ ctx, input }) => weddings.revokeSession(ctx.service, input)),
  revokeOtherSessions: userProcedure.mutation(({ ctx }) =>
    weddings.revokeOtherSessions(ctx.service, ctx.session.sessionId),
  ),
});

const organizationProcedures = {
  listOrganizations: userProcedure.query(({ ctx }) => weddings.listOrganizations(ctx.service)),
  createOrganization: userProcedure
    .input(CreateOrganization)
    .mutation(({ ctx, input }) => weddings.createOrganization(ctx.service, input)),
  getOrganization: orgProcedure.query(({ ctx }) => weddings.getOrganization(ctx.service)),
  updateOrganization: orgProcedure
    .input(UpdateOrganization)
    .mutation(({ ctx, input }) => weddings.updateOrganization(ctx.service, input)),
  listOrgMembers: orgProcedure.query(({ ctx }) => weddings.listOrgMembers(ctx.service)),
  inviteOrgMember: orgProcedure
    .input(InviteOrgMember)
    .mutation(({ ctx, input }) => weddings.inviteOrgMember(ctx.service, input)),
  revokeOrgInvitation: orgProcedure
    .input(InvitationInput)
    .mutation(({ ctx, input }) => weddings.revokeInvitation(ctx.service, input)),
  updateOrgMember: orgProcedure
    .input(UpdateOrgMember)
    .mutation(({ ctx, input }) => weddings.updateOrgMember(ctx.service, input)),
  removeOrgMember: orgProcedure
    .input(MemberInput)
    .mutation(({ ctx, input }) => weddings.removeOrgMember(ctx.service, input)),
  getInvitation: userProcedure
    .input(InvitationToken)
    .query(({ ctx, input }) => weddings.getInvitation(ctx.service, input)),
  acceptInvitation: userProcedure
    .input(InvitationToken)
    .mutation(({ ctx, input }) => weddings.acceptInvitation(ctx.service, input)),
};

const memberProcedures = {
  listMembers: weddingProcedure.query(({ ctx }) => weddings.listWeddingMembers(ctx.service)),
  inviteMember: weddingProcedure
    .input(InviteWeddingMember)
    .mutation(({ ctx, input }) => weddings.inviteWeddingMember(ctx.service, input)),
  revokeInvitation: weddingProcedure
    .input(InvitationInput)
    .mutation(({ ctx, input }) => weddings.revokeInvitation(ctx.service, input)),
  updateMember: weddingProcedure
    .input(UpdateWeddingMember)
    .mutation(({ ctx, input }) => weddings.updateWeddingMember(ctx.service, input)),
  removeMember: weddingProcedure
    .input(MemberInput)
    .mutation(({ ctx, input }) => weddings.removeWeddingMember(ctx.service, input)),
};

const eventProcedures = {
  listEvents: weddingProcedure.query(({ ctx }) => weddings.listEvents(ctx.service)),
  createEvent: weddingProcedure
    .input(CreateEvent)
    .mutation(({ ctx, input }) => weddings.createEvent(ctx.service, input)),
  updateEvent: weddingProcedure
    .input(UpdateEvent)
    .mutation(({ ctx, input }) => weddings.updateEvent(ctx.service, input)),
  removeEvent: weddingProcedure
    .input(RemoveEvent)
    .mutation(({ ctx, input }) => weddings.removeEvent(ctx.service, input)),
  orderEvents: weddingProcedure
    .input(OrderEvents)
    .mutation(({ ctx, input }) => weddings.orderEvents(ctx.service, input)),
};

/** Companies, weddings, who shares them, and what changes in them. */
export const weddingsRouter = router({
  ...organizationProcedures,
  ...memberProcedures,
  ...eventProcedures,
  list: userProcedure
    .input(ListWeddings)
    .query(({ ctx, input }) => weddings.listWeddings(ctx.service, input)),
  create: orgProcedure
    .input(CreateWedding)
    .mutation(({ ctx, input }) => weddings.createWedding(ctx.service, input)),
  get: weddingProcedure.query(({ ctx }) => weddings.getWedding(ctx.service)),
  update: weddingProcedure
    .input(UpdateWedding)
    .mutation(({ ctx, input }) => weddings.updateWedding(ctx.service, input)),
  archive: weddingProcedure
    .input(ArchiveWedding)
    .mutation(({ ctx, input }) => weddings.archiveWedding(ctx.service, input)),
  listAudit: weddingProcedure
    .input(ListAudit)
    .query(({ ctx, input }) => weddings.listAudit(ctx.service, input)),
  onChanges: weddingProcedure.input(OnChanges).subscription(async function* ({ ctx, input }) {
    const where = { weddingId: input.weddingId };
    const mayContinue = async () =>
      (await ctx.resolveAccess(ctx.session.userId, where)) !== undefined;
    for await (const batch of weddings.streamChanges(ctx.service, input, { mayContinue })) {
      yield tracked(String(batch.seq), batch);
    }
  }),
});
