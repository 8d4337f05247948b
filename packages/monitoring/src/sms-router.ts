import {
  AssignSmsNumber,
  ListSimulatedTexts,
  ReplyToSimulatedText,
  UnassignSmsNumber,
  UpdateSmsPrices,
} from '@wedsync/contracts/communications-sms';
import { router } from '@wedsync/rpc/init';
import { operatorProcedure } from '@wedsync/rpc/procedures';
import type { MonitoringDeps } from './ports.ts';
import { listSimulatedTexts } from './queries/texts.ts';
import { clearSimulatedTexts, replyToSimulatedText } from './reply-to-text.ts';
import {
  assignSmsNumber,
  listSmsNumbers,
  listSmsPrices,
  unassignSmsNumber,
  updateSmsPrices,
} from './update-sms.ts';

/** Operators' procedures about text messages. */
export function createSmsRouter(monitoring: MonitoringDeps) {
  const operator = operatorProcedure.use(({ ctx, next }) =>
    next({ ctx: { operator: { ...ctx.service, monitoring } } }),
  );
  return router({
    listSimulatedTexts: operator
      .input(ListSimulatedTexts)
      .query(({ ctx, input }) => listSimulatedTexts(ctx.operator, input)),
    replyToSimulatedText: operator
      .input(ReplyToSimulatedText)
      .mutation(({ ctx, input }) => replyToSimulatedText(ctx.operator, input)),
    clearSimulatedTexts: operator.mutation(({ ctx }) => clearSimulatedTexts(ctx.operator)),

    listSmsNumbers: operator.query(({ ctx }) => listSmsNumbers(ctx.operator)),
    assignSmsNumber: operator
      .input(AssignSmsNumber)
      .mutation(({ ctx, input }) => assignSmsNumber(ctx.operator, input)),
    unassignSmsNumber: operator
      .input(UnassignSmsNumber)
      .mutation(({ ctx, input }) => unassignSmsNumber(ctx.operator, input)),
    listSmsPrices: operator.query(({ ctx }) => listSmsPrices(ctx.operator)),
    updateSmsPrices: operator
      .input(UpdateSmsPrices)
      .mutation(({ ctx, input }) => updateSmsPrices(ctx.operator, input)),
  });
}
