import * as rules from '@wedsync/contracts/seating-rules';
import * as runs from '@wedsync/contracts/seating-runs';
import { router } from '@wedsync/rpc/init';
import { weddingProcedure as wedding } from '@wedsync/rpc/procedures';
import * as room from './index.ts';

const relationships = {
  listRelationships: wedding
    .input(rules.ListRelationships)
    .query(({ ctx, input }) => room.listRelationships(ctx.service, input)),
  createRelationship: wedding
    .input(rules.CreateRelationship)
    .mutation(({ ctx, input }) => room.createRelationship(ctx.service, input)),
  updateRelationship: wedding
    .input(rules.UpdateRelationship)
    .mutation(({ ctx, input }) => room.updateRelationship(ctx.service, input)),
  removeRelationships: wedding
    .input(rules.RemoveRelationships)
    .mutation(({ ctx, input }) => room.removeRelationships(ctx.service, input)),
};

const versions = {
  listVersions: wedding
    .input(runs.ListSeatingVersions)
    .query(({ ctx, input }) => room.listVersions(ctx.service, input)),
  saveVersion: wedding
    .input(runs.SaveSeatingVersion)
    .mutation(({ ctx, input }) => room.saveVersion(ctx.service, input)),
  compareVersion: wedding
    .input(runs.CompareSeatingVersion)
    .query(({ ctx, input }) => room.compareVersion(ctx.service, input)),
  restoreVersion: wedding
    .input(runs.RestoreSeatingVersion)
    .mutation(({ ctx, input }) => room.restoreVersion(ctx.service, input)),
  removeVersion: wedding
    .input(runs.RemoveSeatingVersion)
    .mutation(({ ctx, input }) => room.removeVersion(ctx.service, input)),
};

/** Who should sit with whom, and plans kept under a name. */
export const rulesRouter = router({ ...relationships, ...versions });
