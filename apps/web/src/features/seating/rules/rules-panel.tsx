import type { RelationshipKind, SeatingRelationship } from '@wedsync/contracts/seating-rules';
import { Button } from '@wedsync/ui/button';
import { EmptyState } from '@wedsync/ui/empty-state';
import { FailureState } from '@wedsync/ui/failure-view';
import { plural } from '@wedsync/ui/format';
import { SearchField } from '@wedsync/ui/search-field';
import { Select } from '@wedsync/ui/select';
import { SkeletonRows } from '@wedsync/ui/skeleton';
import { HeartHandshake, Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { optionsOf } from '../../guests/words.ts';
import { folded } from '../lists/queue-groups.ts';
import { useCheck } from '../lists/use-check.ts';
import { useSeating } from '../plan-store.ts';
import { RuleDialog } from './rule-dialog.tsx';
import { RuleLine } from './rule-line.tsx';
import { isWish, kindLabels, ruleSentence } from './rule-words.ts';
import { useRuleActions, useRuleNames, useRules } from './use-rules.ts';

type Shown = RelationshipKind | 'broken' | '';

const filterOptions = [
  { value: '' as const, label: 'Every kind' },
  { value: 'broken' as const, label: 'Not kept now' },
  ...optionsOf(kindLabels),
];

/** What the planner knows about people: who must, who would like to, who never. */
export function RulesPanel() {
  const { canEdit } = useSeating();
  const { rules, isLoading, error, refetch } = useRules();
  const { warnings } = useCheck();
  const names = useRuleNames();
  const { removeAll } = useRuleActions();
  const [text, setText] = useState('');
  const [kind, setKind] = useState<Shown>('');
  const [open, setOpen] = useState<SeatingRelationship | 'new' | null>(null);

  const lines = useMemo(() => {
    const typed = folded(text).trim();
    return rules
      .map((rule) => ({
        rule,
        sentence: ruleSentence(rule, names),
        broken: warnings.find(({ relationshipId }) => relationshipId === rule.id) ?? null,
      }))
      .filter(({ sentence, rule }) => folded(`${sentence} ${rule.note}`).includes(typed))
      .filter((line) => (kind === 'broken' ? line.broken : kind === '' || line.rule.kind === kind))
      .sort(
        (a, b) =>
          Number(isWish(a.rule.kind)) - Number(isWish(b.rule.kind)) ||
          a.sentence.localeCompare(b.sentence),
      );
  }, [rules, names, warnings, text, kind]);

  if (error) return <FailureState error={error} onRetry={() => void refetch()} />;
  if (isLoading) return <SkeletonRows label="The rules are loading" />;
  const addButton = canEdit ? (
    <Button variant="primary" onPress={() => setOpen('new')}>
      <Plus aria-hidden="true" />
      New rule
    </Button>
  ) : null;
  return (
    <section aria-label="Rules and wishes" className="flex min-h-0 flex-col gap-3">
      {rules.length === 0 ? (
        <EmptyState icon={<HeartHandshake />} title="No rules yet" actions={addButton}>
          Tell who must sit together, who would like to, and who must never share a table. Automatic
          seating keeps every rule and weighs every wish.
        </EmptyState>
      ) : (
        <>
          <div className="flex flex-wrap items-center gap-2">
            <SearchField
              label="Search rules"
              value={text}
              onChange={setText}
              className="min-w-40 flex-1"
            />
            <Select
              label="Kind of rule"
              isLabelHidden
              options={filterOptions}
              value={kind}
              onChange={setKind}
              className="w-48"
            />
            {addButton}
          </div>
          <p className="text-ink-soft text-sm" aria-live="polite">
            {lines.length === rules.length
              ? plural(rules.length, 'rule')
              : `${lines.length} of ${plural(rules.length, 'rule')}`}
          </p>
          <ul className="m-0 list-none divide-y divide-line p-0">
            {lines.map((line) => (
              <RuleLine
                key={line.rule.id}
                {...line}
                onEdit={canEdit ? () => setOpen(line.rule) : undefined}
                onRemove={canEdit ? () => removeAll([line.rule]) : undefined}
              />
            ))}
          </ul>
          {lines.length === 0 ? (
            <p className="py-6 text-center text-ink-soft">No rule matches.</p>
          ) : null}
        </>
      )}
      {open ? (
        <RuleDialog rule={open === 'new' ? null : open} onClose={() => setOpen(null)} />
      ) : null}
    </section>
  );
}
