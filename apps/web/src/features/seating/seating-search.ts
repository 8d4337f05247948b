export const seatingViews = ['plan', 'list'] as const;
export type SeatingViewName = (typeof seatingViews)[number];

export const seatingPanels = [
  'guests',
  'warnings',
  'rules',
  'auto-seat',
  'versions',
  'history',
] as const;
export type SeatingPanelName = (typeof seatingPanels)[number];

/** The panel beside the plan, for whoever brings it into view. */
export const sidePanelId = 'seating-panel';

/** What of the page the address keeps. */
export interface SeatingSearch {
  view?: SeatingViewName | undefined;
  panel?: SeatingPanelName | undefined;
}

const oneOf = <V extends string>(values: readonly V[], value: unknown): V | undefined =>
  values.find((candidate) => candidate === value);

/** Reads the address; what it does not know is left out. */
export function seatingSearch(search: Record<string, unknown>): SeatingSearch {
  return { view: oneOf(seatingViews, search.view), panel: oneOf(seatingPanels, search.panel) };
}
