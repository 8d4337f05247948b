import type { GuestImportPreview } from '@wedsync/contracts/guest-imports';
import { Button } from '@wedsync/ui/button';
import { Card } from '@wedsync/ui/card';
import { ProgressBar } from '@wedsync/ui/progress-bar';
import { Stat, StatRow } from '@wedsync/ui/stat';
import { Tabs } from '@wedsync/ui/tabs';
import { formatCount, plural } from '../../lib/format.ts';
import { ColumnList } from './column-list.tsx';
import { DuplicateList } from './duplicate-list.tsx';
import { HeldBackList } from './held-back-list.tsx';
import { IssueList } from './issue-list.tsx';
import { PlannedGuests } from './planned-guests.tsx';
import type { ImportState } from './use-import.ts';

interface ImportReviewProps {
  weddingId: string;
  state: ImportState;
  preview: GuestImportPreview;
}

function sourceWords({ source }: GuestImportPreview): string {
  const format = { csv: 'text table', xlsx: 'Excel workbook', vcard: 'contacts' }[source.format];
  const parts = [
    format,
    source.sheet ? `sheet “${source.sheet}”` : null,
    source.headerRow ? `names of the columns in row ${source.headerRow}` : null,
  ];
  return parts.filter(Boolean).join(', ');
}

const counted = (label: string, count: number) =>
  count > 0 ? `${label} (${formatCount(count)})` : label;

/** What was understood of the file, part by part, and the button that writes it. */
export function ImportReview({ weddingId, state, preview }: ImportReviewProps) {
  const { counts, issues, duplicates } = preview;
  const { preview: reading, apply } = state;
  const open = duplicates.filter(
    ({ left }) => !state.decisions.merges.some((merge) => merge.key === left.key),
  );
  const changes = counts.guestsCreated + counts.guestsUpdated;
  return (
    <>
      <Card title={preview.source.fileName} note={sourceWords(preview)}>
        <StatRow>
          <Stat label="Rows read" value={formatCount(counts.rowsRead)} />
          <Stat label="New guests" value={formatCount(counts.guestsCreated)} />
          <Stat label="Changed" value={formatCount(counts.guestsUpdated)} />
          <Stat label="As they are" value={formatCount(counts.guestsUnchanged)} />
          <Stat label="Households" value={formatCount(counts.households)} />
          <Stat
            label="With an allergy"
            value={formatCount(counts.withAllergy)}
            note={`${formatCount(counts.withoutContact)} without contact`}
          />
        </StatRow>
      </Card>
      {reading.isPending ? <ProgressBar label="Reading the file again…" /> : null}
      <Tabs
        label="What was understood"
        tabs={[
          {
            id: 'guests',
            label: counted('Guests', preview.guests.length),
            content: <PlannedGuests preview={preview} />,
          },
          {
            id: 'columns',
            label: 'Columns',
            content: (
              <ColumnList
                weddingId={weddingId}
                columns={preview.columns}
                onChange={state.setColumn}
              />
            ),
          },
          {
            id: 'duplicates',
            label: counted('Possible doubles', open.length),
            content: (
              <DuplicateList
                duplicates={duplicates}
                decisions={state.decisions}
                onDecide={state.decide}
              />
            ),
          },
          {
            id: 'issues',
            label: counted('Remarks', issues.length),
            content: <IssueList issues={issues} />,
          },
          {
            id: 'held',
            label: counted('Kept as they are', counts.fieldsHeldBack),
            content: (
              <HeldBackList preview={preview} decisions={state.decisions} onDecide={state.decide} />
            ),
          },
        ]}
      />
      <div className="sticky bottom-15 z-10 -mx-4 flex flex-wrap items-center gap-3 border-line border-t bg-canvas px-4 py-3.5 sm:-mx-7 sm:px-7 md:bottom-0">
        {apply.isPending ? (
          <div className="min-w-56 flex-1">
            <ProgressBar label="Writing all guests in one go…" />
          </div>
        ) : (
          <p className="min-w-56 flex-1 text-ink-soft text-sm">
            Everything is written in one go and can be undone.
          </p>
        )}
        <Button onPress={state.startOver} isDisabled={apply.isPending}>
          Choose another file
        </Button>
        <Button
          variant="primary"
          onPress={state.run}
          isDisabled={reading.isPending || changes === 0}
          isPending={apply.isPending}
        >
          {changes === 0
            ? 'Nothing to import'
            : `Import ${plural(changes, 'guest')} in ${plural(counts.households, 'household')}`}
        </Button>
      </div>
    </>
  );
}
