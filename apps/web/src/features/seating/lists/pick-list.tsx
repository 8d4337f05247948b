import { SearchField } from '@wedsync/ui/search-field';
import type { ReactNode } from 'react';
import { Autocomplete, ListBox, ListBoxItem } from 'react-aria-components';

export interface PickItem {
  id: string;
  /** In one line, for screen readers. */
  text: string;
  content: ReactNode;
  isDisabled?: boolean;
}

interface PickListProps {
  /** Names the list for screen readers. */
  label: string;
  searchLabel: string;
  text: string;
  onText: (text: string) => void;
  /** Takes the keyboard at once: not on a phone, where that would cover half of the list. */
  hasFocus: boolean;
  items: readonly PickItem[];
  onPick: (id: string) => void;
  empty: ReactNode;
}

/** One of many by typing or pressing: arrows walk the list while the hand stays in the field. */
export function PickList(props: PickListProps) {
  const { label, searchLabel, text, onText, hasFocus, items, onPick, empty } = props;
  return (
    <Autocomplete inputValue={text} onInputChange={onText}>
      <div className="flex min-h-0 flex-col gap-2.5">
        <SearchField label={searchLabel} autoFocus={hasFocus} />
        <ListBox
          aria-label={label}
          items={items}
          selectionMode="none"
          onAction={(key) => onPick(String(key))}
          renderEmptyState={() => <p className="px-3 py-6 text-center text-ink-soft">{empty}</p>}
          className="divide-y divide-line rounded-lg border border-line bg-surface outline-none"
        >
          {(item) => (
            <ListBoxItem
              id={item.id}
              textValue={item.text}
              isDisabled={item.isDisabled}
              className="flex min-h-11 cursor-pointer items-center px-3.5 outline-none data-disabled:cursor-not-allowed data-focused:bg-hover data-hovered:bg-hover data-disabled:opacity-55"
            >
              {item.content}
            </ListBoxItem>
          )}
        </ListBox>
      </div>
    </Autocomplete>
  );
}
