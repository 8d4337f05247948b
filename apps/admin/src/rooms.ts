import type { ShellNavItem } from '@wedsync/ui/shell-nav';
import {
  Activity,
  Armchair,
  Building2,
  CalendarClock,
  Database,
  Gauge,
  Inbox,
  KeyRound,
  Layers,
  MailX,
  MessageSquareText,
  ScrollText,
  SearchCheck,
  Send,
  Server,
  Users,
} from 'lucide-react';
import { paths } from './lib/paths.ts';

/** Figures that the navigation shows beside an entry, by its address. */
export type RoomCounts = Readonly<Record<string, number | undefined>>;

/**
 * The rooms of the operators in the order of the navigation; the first four fit a phone's tab bar.
 * A new room adds its entry here and its route in `routes/app-routes.ts`.
 */
const rooms: readonly ShellNavItem[] = [
  { label: 'Overview', href: paths.overview, icon: Activity, isExact: true },
  { label: 'Services', href: paths.services, icon: Server },
  { label: 'Queues', href: paths.queues, icon: Layers },
  { label: 'Mail', href: paths.mail, icon: Inbox },
  { label: 'Database', href: paths.database, icon: Database },
  { label: 'Schedules', href: paths.schedules, icon: CalendarClock, group: 'Background work' },
  { label: 'Outbox', href: paths.outbox, icon: Send },
  { label: 'Sending', href: paths.sending, icon: Gauge, group: 'Messages' },
  { label: 'Bounces', href: paths.bounces, icon: MailX },
  { label: 'Texts', href: paths.texts, icon: MessageSquareText },
  { label: 'Findings', href: paths.integrity, icon: SearchCheck },
  { label: 'Keys', href: paths.keys, icon: KeyRound },
  { label: 'Seating', href: paths.seating, icon: Armchair, group: 'Plans' },
  { label: 'Companies', href: paths.organizations, icon: Building2, group: 'Accounts' },
  { label: 'Users', href: paths.users, icon: Users },
  { label: 'Operator log', href: paths.operatorAudit, icon: ScrollText },
];

export function roomsWith(counts: RoomCounts): ShellNavItem[] {
  return rooms.map((room) => {
    const count = counts[room.href];
    return count ? { ...room, count } : room;
  });
}
