import { lazyRouteComponent } from '@tanstack/react-router';
import { SkeletonRows } from '@wedsync/ui/skeleton';
import { type ComponentType, Suspense } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { type SeatingPanelName, seatingPanels, sidePanelId } from './seating-search.ts';

/** Each arrives when it is opened. They read the plan through `useSeating`. */
const panels: Record<SeatingPanelName, { label: string; Content: ComponentType }> = {
  guests: {
    label: 'Guests',
    Content: lazyRouteComponent(() => import('./lists/unseated-queue.tsx'), 'UnseatedQueue'),
  },
  warnings: {
    label: 'Warnings',
    Content: lazyRouteComponent(() => import('./lists/warnings-panel.tsx'), 'WarningsPanel'),
  },
  rules: {
    label: 'Rules',
    Content: lazyRouteComponent(() => import('./rules/rules-panel.tsx'), 'RulesPanel'),
  },
  'auto-seat': {
    label: 'Auto-seat',
    Content: lazyRouteComponent(() => import('./runs/auto-seat-panel.tsx'), 'AutoSeatPanel'),
  },
  versions: {
    label: 'Versions',
    Content: lazyRouteComponent(() => import('./versions/versions-panel.tsx'), 'VersionsPanel'),
  },
  history: {
    label: 'History',
    Content: lazyRouteComponent(() => import('./versions/history-panel.tsx'), 'HistoryPanel'),
  },
};

interface SidePanelProps {
  panel: SeatingPanelName;
  onSelect: (panel: SeatingPanelName) => void;
  /** Beside something long, it stays in sight while that is scrolled. */
  isSticky: boolean;
}

/** What helps to fill the seats, one thing at a time: beside the plan, below it on a phone. */
export function SidePanel({ panel, onSelect, isSticky }: SidePanelProps) {
  const select = (key: unknown) => {
    const chosen = seatingPanels.find((name) => name === key);
    if (chosen) onSelect(chosen);
  };
  return (
    <aside
      id={sidePanelId}
      aria-label="Beside the plan"
      className={`flex scroll-mt-2 min-h-0 flex-col rounded-xl border border-line bg-surface shadow-card lg:w-96 lg:shrink-0 ${isSticky ? 'lg:sticky lg:top-3 lg:h-[calc(100dvh-10rem)] lg:self-start' : ''}`}
    >
      <Tabs selectedKey={panel} onSelectionChange={select} className="flex min-h-0 flex-1 flex-col">
        <TabList
          aria-label="Beside the plan"
          className="flex shrink-0 overflow-x-auto border-line border-b px-1.5 [scrollbar-width:none]"
        >
          {seatingPanels.map((name) => (
            <Tab
              key={name}
              id={name}
              className="-mb-px flex min-h-11 cursor-pointer items-center whitespace-nowrap border-transparent border-b-2 px-2 text-ink-soft text-sm outline-offset-[-2px] data-selected:border-accent data-selected:font-medium data-hovered:text-ink data-selected:text-ink"
            >
              {panels[name].label}
            </Tab>
          ))}
        </TabList>
        {seatingPanels.map((name) => {
          const { Content } = panels[name];
          return (
            <TabPanel
              key={name}
              id={name}
              className="min-h-0 flex-1 overflow-y-auto p-4 outline-offset-[-2px]"
            >
              <Suspense fallback={<SkeletonRows rows={5} label="This is loading" />}>
                <Content />
              </Suspense>
            </TabPanel>
          );
        })}
      </Tabs>
    </aside>
  );
}
