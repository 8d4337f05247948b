/** The floating panel of menus, lists and popovers. */
export const popoverStyle =
  'animate-rise-in overflow-hidden rounded-lg border border-line bg-raised text-ink shadow-float';

/** The list inside such a panel. */
export const listBoxStyle = 'max-h-80 overflow-auto p-1 outline-none';

/** One row of such a list. */
export const listItemStyle = [
  'flex min-h-9 cursor-pointer items-center gap-2 rounded-sm px-2.5 py-1.5 text-base outline-none',
  'data-focused:bg-hover data-disabled:cursor-not-allowed data-disabled:opacity-50',
].join(' ');
