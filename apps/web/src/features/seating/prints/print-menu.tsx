import { useMutation } from '@tanstack/react-query';
import { Button } from '@wedsync/ui/button';
import { notifyFailure } from '@wedsync/ui/failure-view';
import { Menu, MenuItem, MenuSeparator } from '@wedsync/ui/menu';
import { saveFile } from '@wedsync/ui/save-file';
import { Download, Eye, Printer, Upload } from 'lucide-react';
import { useState } from 'react';
import { trpc } from '../../../lib/trpc.ts';
import { useSeating } from '../plan-store.ts';
import { GuestsSeeDialog } from './guests-see-dialog.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { PrintDialog } from './print-dialog.tsx';

type Opened = 'print' | 'import' | 'guests-see' | null;

/** What leaves the plan: prints, files, and what guests read of it. */
export function PrintMenu() {
  const { weddingId, plan, canEdit } = useSeating();
  const [opened, setOpened] = useState<Opened>(null);
  const { eventId } = plan.layout;
  const exported = useMutation(
    trpc.seating.exportCsv.mutationOptions({
      onSuccess: ({ name, csv }) => saveFile(name, csv, 'text/csv;charset=utf-8'),
      onError: (error) => notifyFailure('The seating could not be exported', error),
    }),
  );
  const close = () => setOpened(null);
  return (
    <>
      <Menu
        label="Print and export"
        trigger={
          <Button>
            <Printer aria-hidden="true" />
            Print &amp; export
          </Button>
        }
      >
        <MenuItem icon={<Printer aria-hidden="true" />} onAction={() => setOpened('print')}>
          Print…
        </MenuItem>
        <MenuSeparator />
        <MenuItem
          icon={<Download aria-hidden="true" />}
          onAction={() => exported.mutate({ weddingId, eventId })}
        >
          Export as CSV
        </MenuItem>
        {canEdit ? (
          <MenuItem icon={<Upload aria-hidden="true" />} onAction={() => setOpened('import')}>
            Import a CSV…
          </MenuItem>
        ) : null}
        {canEdit ? (
          <MenuItem icon={<Eye aria-hidden="true" />} onAction={() => setOpened('guests-see')}>
            What guests see…
          </MenuItem>
        ) : null}
      </Menu>
      {opened === 'print' ? <PrintDialog onClose={close} /> : null}
      {opened === 'import' ? <ImportDialog onClose={close} /> : null}
      {opened === 'guests-see' ? <GuestsSeeDialog onClose={close} /> : null}
    </>
  );
}
