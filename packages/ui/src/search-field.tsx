import { Search, X } from 'lucide-react';
import {
  Button as AriaButton,
  SearchField as AriaSearchField,
  Input,
  Label,
  type SearchFieldProps,
} from 'react-aria-components';

interface Props extends Omit<SearchFieldProps, 'className' | 'style' | 'children'> {
  label: string;
  placeholder?: string;
  className?: string;
}

/** Search as you type; Escape clears. */
export function SearchField({ label, placeholder, className, ...props }: Props) {
  return (
    <AriaSearchField {...props} className={`group relative min-w-0 ${className ?? ''}`}>
      <Label className="sr-only">{label}</Label>
      <Search
        aria-hidden="true"
        className="pointer-events-none absolute top-2.75 left-3 size-4 text-ink-soft"
      />
      <Input
        placeholder={placeholder ?? label}
        className="h-9.5 w-full rounded-md border border-line-strong bg-surface pr-9 pl-9 text-base text-ink data-focused:border-focus data-focused:outline-2 data-focused:outline-focus data-focused:-outline-offset-1 [&::-webkit-search-cancel-button]:hidden"
      />
      <AriaButton
        aria-label="Clear the search"
        className="absolute top-1.25 right-1 flex size-7 cursor-pointer items-center justify-center rounded-md text-ink-soft data-hovered:bg-hover group-data-empty:hidden"
      >
        <X aria-hidden="true" className="size-4" />
      </AriaButton>
    </AriaSearchField>
  );
}
