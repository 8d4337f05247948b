import type { TableColumn } from '@wedsync/ui/table';
import { formatCount } from '../../../lib/format.ts';
import { type ChannelFigures, shareWords } from './channel-figures.ts';

interface FiguresRow {
  figures: ChannelFigures;
}

const shared = (part: number, whole: number) => (
  <>
    {formatCount(part)}
    {part > 0 ? <span className="text-ink-soft text-sm"> · {shareWords(part, whole)}</span> : null}
  </>
);

/** The figures of a row of statistics: who was reached, and who was not. */
export function figureColumns<Row extends FiguresRow>(): TableColumn<Row>[] {
  return [
    {
      id: 'left',
      header: 'Sent',
      align: 'end',
      cell: ({ figures }) => formatCount(figures.left),
    },
    {
      id: 'delivered',
      header: 'Known to have arrived',
      align: 'end',
      cell: ({ figures }) => shared(figures.delivered, figures.left),
    },
    {
      id: 'back',
      header: 'Came back',
      align: 'end',
      cell: ({ figures }) => shared(figures.cameBack, figures.left),
    },
    {
      id: 'lost',
      header: 'Failed or uncertain',
      align: 'end',
      cell: ({ figures }) => formatCount(figures.failed + figures.inDoubt),
    },
    {
      id: 'out',
      header: 'Left out',
      align: 'end',
      cell: ({ figures }) => formatCount(figures.leftOut + figures.stopped),
    },
    {
      id: 'waiting',
      header: 'Waiting',
      align: 'end',
      cell: ({ figures }) => formatCount(figures.waiting),
    },
  ];
}
