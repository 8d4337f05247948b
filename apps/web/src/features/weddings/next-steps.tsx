import type { GuestSummary } from '@wedsync/contracts/guests';
import { Card } from '@wedsync/ui/card';
import { LinkButton } from '@wedsync/ui/link-button';
import { plural } from '../../lib/format.ts';
import { paths } from '../../lib/paths.ts';
import { useCanEdit, useWedding } from '../../lib/wedding.ts';

interface Step {
  text: string;
  href: string;
  action: string;
}

function stepsFor(
  weddingId: string,
  { wedding, events }: ReturnType<typeof useWedding>,
  summary: GuestSummary,
): Step[] {
  const steps: Step[] = [];
  const isAnybodyInvited = summary.events.some(({ invited }) => invited > 0);
  if (!wedding.date) {
    const href = paths.settings(weddingId);
    steps.push({ text: 'The day of the wedding is not set.', href, action: 'Set the day' });
  }
  if (events.length === 0) {
    const href = paths.events(weddingId);
    steps.push({ text: 'There is no event to invite to yet.', href, action: 'Plan the events' });
  }
  if (summary.guests === 0) {
    const href = paths.guestImport(weddingId);
    steps.push({ text: 'The guest list is empty.', href, action: 'Import guests' });
  } else if (!isAnybodyInvited && events.length > 0) {
    const href = paths.guests(weddingId);
    steps.push({ text: 'Nobody is invited to an event yet.', href, action: 'Select guests' });
  }
  if (summary.unreachable > 0) {
    steps.push({
      text: `${plural(summary.unreachable, 'guest')} cannot be reached: nobody in the household has an e-mail address or a phone number.`,
      href: `${paths.guests(weddingId)}?missing=contact`,
      action: 'Complete them',
    });
  }
  if (isAnybodyInvited && !wedding.rsvpDeadline) {
    const href = paths.settings(weddingId);
    steps.push({ text: 'No last day for answers is set.', href, action: 'Set it' });
  }
  return steps;
}

/** What is worth doing next, each with the way to it; nothing when all is well. */
export function NextSteps({ weddingId, summary }: { weddingId: string; summary: GuestSummary }) {
  const overview = useWedding(weddingId);
  const canEdit = useCanEdit(weddingId);
  const steps = canEdit ? stepsFor(weddingId, overview, summary) : [];
  if (steps.length === 0) return null;
  return (
    <Card title="Next">
      <ul className="m-0 list-none divide-y divide-line p-0">
        {steps.map((step) => (
          <li
            key={step.text}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-2.5"
          >
            <span>{step.text}</span>
            <LinkButton size="sm" href={step.href}>
              {step.action}
            </LinkButton>
          </li>
        ))}
      </ul>
    </Card>
  );
}
