import { lazyRouteComponent, useParams } from '@tanstack/react-router';
import { Breadcrumb } from '@wedsync/ui/breadcrumb';
import { Callout } from '@wedsync/ui/callout';
import { FailureNote } from '@wedsync/ui/failure-view';
import { Page } from '@wedsync/ui/page-shell';
import { ProgressBar } from '@wedsync/ui/progress-bar';
import { Suspense } from 'react';
import { paths } from '../../lib/paths.ts';
import { useImport } from './use-import.ts';

const FileDrop = lazyRouteComponent(() => import('@wedsync/ui/file-drop'), 'FileDrop');
const EarlierImports = lazyRouteComponent(() => import('./earlier-imports.tsx'), 'EarlierImports');
const ImportDone = lazyRouteComponent(() => import('./import-done.tsx'), 'ImportDone');
const ImportReview = lazyRouteComponent(() => import('./import-review.tsx'), 'ImportReview');

/** From a spreadsheet to guests: drop, look, import. Nothing is saved before the last step. */
export function ImportPage() {
  const { weddingId } = useParams({ from: '/app/weddings/$weddingId/guests/import' });
  const state = useImport(weddingId);
  const { file, preview, apply, tooLarge } = state;
  return (
    <Page
      title="Import guests"
      above={
        <Breadcrumb
          crumbs={[{ label: 'Guests', href: paths.guests(weddingId) }, { label: 'Import' }]}
        />
      }
      note={
        preview.data
          ? 'Look through what was understood. Nothing is saved yet.'
          : 'Bring the list you have: CSV, Excel or vCard, up to 10 MB.'
      }
    >
      <div className="flex flex-col gap-5">
        {tooLarge ? (
          <Callout tone="critical" title={`“${tooLarge}” is larger than 10 MB`} isLive>
            Save only the sheet with the guests and drop that file instead.
          </Callout>
        ) : null}
        <FailureNote error={preview.error ?? apply.error} />
        {apply.data ? (
          <Suspense>
            <ImportDone weddingId={weddingId} applied={apply.data} onAgain={state.startOver} />
          </Suspense>
        ) : preview.data ? (
          <Suspense>
            <ImportReview weddingId={weddingId} state={state} preview={preview.data} />
          </Suspense>
        ) : preview.isPending ? (
          <ProgressBar label={`Reading “${file?.fileName ?? ''}”…`} />
        ) : (
          <Suspense>
            <FileDrop
              accept={['.csv', '.tsv', '.txt', '.xlsx', '.vcf']}
              onFile={(picked) => void state.choose(picked)}
              title="Drop your guest list here"
              note="Columns may have any name and order. “The Smith family +2”, allergies in the notes and empty rows are understood."
            />
            <EarlierImports weddingId={weddingId} />
          </Suspense>
        )}
      </div>
    </Page>
  );
}
