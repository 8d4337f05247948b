import { ReplyToSimulatedText, type SimulatedText } from '@wedsync/contracts/communications-sms';
import { parseInput } from '@wedsync/service/parse';
import { requireOperator } from '@wedsync/service/permission';
import { notFound } from '@wedsync/service/stale';
import { writeTx } from '@wedsync/service/transaction';
import type { MonitoringContext } from './ports.ts';
import { requireSimulator } from './queries/texts.ts';
import { recordOperatorAction } from './record-operator-action.ts';

/**
 * Answers a simulated text as the guest whom it went to; the installation takes it as a real one.
 * @throws DomainError not-found; precondition where nothing is simulated
 */
export async function replyToSimulatedText(
  ctx: MonitoringContext,
  input: ReplyToSimulatedText,
): Promise<SimulatedText> {
  requireOperator(ctx);
  const { textId, text } = parseInput(ReplyToSimulatedText, input);
  const simulator = requireSimulator(ctx);
  return writeTx(ctx, async ({ tx }) => {
    await recordOperatorAction(ctx, tx, {
      action: 'texts.reply',
      entity: 'text',
      entityId: textId,
    });
    const answer = await simulator.reply(textId, text);
    if (!answer) throw notFound('text');
    return answer;
  });
}

/**
 * Forgets every simulated text: none of them was ever delivered.
 * @returns how many there were
 */
export async function clearSimulatedTexts(ctx: MonitoringContext): Promise<{ removed: number }> {
  requireOperator(ctx);
  const simulator = requireSimulator(ctx);
  const { texts } = await simulator.count();
  await writeTx(ctx, async ({ tx }) => {
    await recordOperatorAction(ctx, tx, {
      action: 'texts.clear',
      entity: 'text',
      before: { texts },
    });
    // Last in the transaction: an audit row that cannot be written keeps the texts.
    await simulator.clear();
  });
  return { removed: texts };
}
