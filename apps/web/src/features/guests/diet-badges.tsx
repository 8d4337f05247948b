import { dietWords } from '@wedsync/contracts/diet-words';
import type { Diet } from '@wedsync/contracts/guest-import';
import { Badge } from '@wedsync/ui/badge';
import { TriangleAlert } from 'lucide-react';

/** Diets of a guest; allergies first, marked by sign and word. */
export function DietBadges({ diets }: { diets: readonly Diet[] }) {
  const ordered = [...diets].sort((a, b) => a.severity.localeCompare(b.severity));
  return (
    <span className="flex min-w-0 gap-1 overflow-hidden">
      {ordered.map((diet) =>
        diet.severity === 'allergy' ? (
          <Badge key={`${diet.code}-allergy`} tone="critical">
            <TriangleAlert aria-hidden="true" />
            {dietWords[diet.code]}
            <span className="sr-only"> (allergy)</span>
          </Badge>
        ) : (
          <Badge key={`${diet.code}-wish`}>{dietWords[diet.code]}</Badge>
        ),
      )}
    </span>
  );
}
