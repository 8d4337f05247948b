import { useQuery } from '@tanstack/react-query';
import { lazyRouteComponent, useParams } from '@tanstack/react-router';
import { Breadcrumb } from '@wedsync/ui/breadcrumb';
import { FailureState } from '@wedsync/ui/failure-view';
import { Page } from '@wedsync/ui/page-shell';
import { SkeletonRows } from '@wedsync/ui/skeleton';
import { Suspense } from 'react';
import { paths } from '../../../lib/paths.ts';
import { trpc } from '../../../lib/trpc.ts';

// Editor and preview are large; the page stands before they arrive.
const TemplateEditor = lazyRouteComponent(() => import('./template-editor.tsx'), 'TemplateEditor');

/** One template: its words, its earlier versions, and the messages that use it. */
export function TemplatePage() {
  const { weddingId, templateId } = useParams({
    from: '/app/weddings/$weddingId/templates/$templateId',
  });
  const template = useQuery(
    trpc.communications.getTemplate.queryOptions({ weddingId, id: templateId }),
  );
  const { data } = template;
  return (
    <Page
      title={data?.name ?? 'Template'}
      width="wide"
      note={data ? `Version ${data.version}` : null}
      above={
        <Breadcrumb
          crumbs={[
            { label: 'Templates', href: paths.templates(weddingId) },
            { label: data?.name ?? 'Template' },
          ]}
        />
      }
    >
      {template.error ? (
        <FailureState error={template.error} onRetry={() => void template.refetch()} />
      ) : data ? (
        <Suspense fallback={<SkeletonRows label="The template is loading" />}>
          <TemplateEditor key={data.id} weddingId={weddingId} template={data} />
        </Suspense>
      ) : (
        <SkeletonRows label="The template is loading" />
      )}
    </Page>
  );
}
