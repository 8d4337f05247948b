import { DomainError } from '@wedsync/contracts/errors';
import { TagId } from '@wedsync/contracts/guest-fields';
import { EventId, newId, QuestionId, type WeddingId } from '@wedsync/contracts/ids';
import {
  CreateQuestion,
  type Question,
  RemoveQuestion,
  UpdateQuestion,
} from '@wedsync/contracts/rsvp';
import type { Tx } from '@wedsync/db/client';
import { questions } from '@wedsync/db/schema/guests';
import { changedFields } from '@wedsync/service/changed-fields';
import { requireWedding, type ServiceContext } from '@wedsync/service/context';
import { parseInput } from '@wedsync/service/parse';
import { requirePermission } from '@wedsync/service/permission';
import { notFound, staleVersion } from '@wedsync/service/stale';
import { readTx, writeTx } from '@wedsync/service/transaction';
import { and, asc, eq } from 'drizzle-orm';
import type { z } from 'zod';
import { requireRows } from './scope.ts';

type QuestionRow = typeof questions.$inferSelect;

function toQuestion(row: QuestionRow): Question {
  const { weddingId: _, createdAt: _created, updatedAt: _updated, ...question } = row;
  return {
    ...question,
    id: QuestionId.parse(row.id),
    eventId: row.eventId === null ? null : EventId.parse(row.eventId),
    tagId: row.tagId === null ? null : TagId.parse(row.tagId),
  };
}

/** Every question of the wedding, in order. */
export async function readQuestions(tx: Tx, weddingId: WeddingId): Promise<Question[]> {
  const rows = await tx
    .select()
    .from(questions)
    .where(eq(questions.weddingId, weddingId))
    .orderBy(asc(questions.position), asc(questions.id));
  return rows.map(toQuestion);
}

async function lockQuestion(tx: Tx, weddingId: WeddingId, id: QuestionId): Promise<Question> {
  const [row] = await tx
    .select()
    .from(questions)
    .where(and(eq(questions.weddingId, weddingId), eq(questions.id, id)))
    .for('update');
  if (!row) throw notFound('question');
  return toQuestion(row);
}

async function requireQuestionFits(
  tx: Tx,
  weddingId: WeddingId,
  question: Pick<Question, 'kind' | 'options' | 'eventId' | 'tagId'>,
): Promise<void> {
  const choices = question.kind === 'choice' || question.kind === 'choices';
  const different = new Set(question.options).size;
  if (choices ? different < 2 || different < question.options.length : different > 0) {
    throw new DomainError(
      'invalid',
      'guests.question-options',
      choices
        ? 'Give the question at least two different options to choose from.'
        : 'Only questions with a choice have options. Remove the options or choose that kind.',
    );
  }
  await requireRows(tx, 'events', { weddingId, ids: question.eventId ? [question.eventId] : [] });
  await requireRows(tx, 'tags', { weddingId, ids: question.tagId ? [question.tagId] : [] });
}

export async function listQuestions(ctx: ServiceContext): Promise<Question[]> {
  requirePermission(ctx, 'guests.read');
  return readTx(ctx, (tx) => readQuestions(tx, requireWedding(ctx)));
}

/** @throws DomainError `invalid` `guests.question-options`, `not-found` for a foreign event or tag */
export async function createQuestion(
  ctx: ServiceContext,
  input: CreateQuestion,
): Promise<Question> {
  const fields = parseInput(CreateQuestion, input);
  requirePermission(ctx, 'guests.update-question');
  const weddingId = requireWedding(ctx);
  return writeTx(ctx, async ({ tx, audit, change }) => {
    await requireQuestionFits(tx, weddingId, fields);
    const id = newId(QuestionId);
    await tx.insert(questions).values({ ...fields, weddingId, id });
    await audit({
      action: 'guests.create-question',
      entity: 'question',
      entityId: id,
      after: fields,
    });
    await change({ entity: 'question', entityId: id, kind: 'created' });
    return lockQuestion(tx, weddingId, id);
  });
}

/** @throws DomainError `conflict` with `details.current`, `invalid`, `not-found` */
export async function updateQuestion(
  ctx: ServiceContext,
  input: UpdateQuestion,
): Promise<Question> {
  const { questionId, version, patch } = parseInput(UpdateQuestion, input);
  requirePermission(ctx, 'guests.update-question');
  const weddingId = requireWedding(ctx);
  return writeTx(ctx, async ({ tx, audit, change }) => {
    const current = await lockQuestion(tx, weddingId, questionId);
    if (current.version !== version) throw staleVersion(current, 'question');
    const changed = changedFields<z.output<typeof UpdateQuestion>['patch']>(current, patch);
    if (!changed) return current;
    await requireQuestionFits(tx, weddingId, { ...current, ...patch });
    await tx
      .update(questions)
      .set(changed.after)
      .where(and(eq(questions.weddingId, weddingId), eq(questions.id, questionId)));
    await audit({
      action: 'guests.update-question',
      entity: 'question',
      entityId: questionId,
      ...changed,
    });
    await change({ entity: 'question', entityId: questionId, kind: 'updated' });
    return lockQuestion(tx, weddingId, questionId);
  });
}

/** Deletes the question with every answer to it. @throws DomainError `not-found` */
export async function removeQuestion(ctx: ServiceContext, input: RemoveQuestion): Promise<void> {
  const { questionId } = parseInput(RemoveQuestion, input);
  requirePermission(ctx, 'guests.update-question');
  const weddingId = requireWedding(ctx);
  await writeTx(ctx, async ({ tx, audit, change }) => {
    const before = await lockQuestion(tx, weddingId, questionId);
    await tx
      .delete(questions)
      .where(and(eq(questions.weddingId, weddingId), eq(questions.id, questionId)));
    await audit({
      action: 'guests.remove-question',
      entity: 'question',
      entityId: questionId,
      before,
    });
    await change({ entity: 'question', entityId: questionId, kind: 'removed' });
  });
}
