import { IconButton } from '@wedsync/ui/icon-button';
import { Menu, MenuItem } from '@wedsync/ui/menu';
import { Download, Ellipsis, History, Tags } from 'lucide-react';
import { useState } from 'react';
import { paths } from '../../lib/paths.ts';
import { downloadGuests } from './export-guests.ts';
import { TagsDialog } from './tags-dialog.tsx';

/** What is done with the list as a whole, and seldom. */
export function GuestsMenu({ weddingId }: { weddingId: string }) {
  const [isTagsOpen, setTagsOpen] = useState(false);
  return (
    <>
      <Menu
        label="More about the list"
        trigger={
          <IconButton label="More about the list">
            <Ellipsis aria-hidden="true" />
          </IconButton>
        }
      >
        <MenuItem
          icon={<Download aria-hidden="true" />}
          onAction={() => void downloadGuests(weddingId)}
        >
          Export all as CSV
        </MenuItem>
        <MenuItem icon={<Tags aria-hidden="true" />} onAction={() => setTagsOpen(true)}>
          Tags…
        </MenuItem>
        <MenuItem
          icon={<History aria-hidden="true" />}
          href={`${paths.guestImport(weddingId)}#earlier`}
        >
          Earlier imports
        </MenuItem>
      </Menu>
      <TagsDialog weddingId={weddingId} isOpen={isTagsOpen} onOpenChange={setTagsOpen} />
    </>
  );
}
