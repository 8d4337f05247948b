import type { ComplianceScore } from '@wedsync/contracts/communications-control';
import { Card } from '@wedsync/ui/card';
import { StatusDot } from '@wedsync/ui/status-dot';
import { purposeWords } from '../message-words.ts';

/** The score against CAN-SPAM, with what was looked at and seen for each point. */
export function ComplianceCard({ score }: { score: ComplianceScore }) {
  return (
    <Card
      title="Rules for mass mail"
      note={
        score.binding
          ? `${purposeWords[score.purpose]}: all of this is binding (CAN-SPAM).`
          : `${purposeWords[score.purpose]}: good manners rather than law (CAN-SPAM).`
      }
      actions={
        <p>
          <span className="tabular font-display text-3xl text-ink">{score.score}</span>
          <span className="text-ink-soft text-sm"> of 100</span>
        </p>
      }
    >
      <ul className="m-0 list-none space-y-3 p-0">
        {score.items.map((item) => (
          <li key={item.id}>
            <div className="flex flex-wrap items-baseline justify-between gap-x-4">
              <StatusDot
                tone={item.passed ? 'positive' : score.binding ? 'critical' : 'caution'}
                isLong
              >
                {item.title}
              </StatusDot>
              <span className="tabular text-ink-soft text-sm">
                {item.points} of {item.pointsMax}
                {item.kind === 'heuristic' ? ', an estimate' : ''}
              </span>
            </div>
            <p className="wrap-anywhere text-ink-soft text-sm">{item.evidence}</p>
          </li>
        ))}
      </ul>
    </Card>
  );
}
