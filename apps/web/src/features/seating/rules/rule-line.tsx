import type { SeatingRelationship, SeatingWarning } from '@wedsync/contracts/seating-rules';
import { IconButton } from '@wedsync/ui/icon-button';
import { StatusDot } from '@wedsync/ui/status-dot';
import { Pencil, Trash2, TriangleAlert } from 'lucide-react';
import { isWish, kindTones, weightWords } from './rule-words.ts';

interface RuleLineProps {
  rule: SeatingRelationship;
  sentence: string;
  /** How the plan breaks it as it stands. */
  broken: SeatingWarning | null;
  onEdit?: () => void;
  onRemove?: () => void;
}

/** One rule as a sentence, with what it counts and whether it is kept. */
export function RuleLine({ rule, sentence, broken, onEdit, onRemove }: RuleLineProps) {
  const facts = [
    isWish(rule.kind) ? `Wish, counts ${weightWords(rule.weight)}` : 'Rule',
    rule.eventId === null ? 'at every event' : null,
  ].filter((fact) => fact !== null);
  return (
    <li className="flex items-start gap-2 py-2.5">
      <div className="min-w-0 flex-1">
        <p className="text-ink">
          <StatusDot tone={kindTones[rule.kind]} isLong>
            <span className="min-w-0">{sentence}</span>
          </StatusDot>
        </p>
        <p className="mt-0.5 pl-4 text-ink-soft text-sm">{facts.join(', ')}</p>
        {rule.note ? <p className="mt-0.5 pl-4 text-ink-soft text-sm">“{rule.note}”</p> : null}
        {broken ? (
          <p className="mt-1 flex gap-1.5 pl-4 text-caution text-sm">
            <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
            <span>Not kept now: {broken.message}</span>
          </p>
        ) : null}
      </div>
      {onEdit ? (
        <IconButton label={`Change: ${sentence}`} onPress={onEdit}>
          <Pencil aria-hidden="true" />
        </IconButton>
      ) : null}
      {onRemove ? (
        <IconButton tone="danger" label={`Remove: ${sentence}`} onPress={onRemove}>
          <Trash2 aria-hidden="true" />
        </IconButton>
      ) : null}
    </li>
  );
}
