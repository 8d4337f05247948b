import type { ShellNavItem } from '@wedsync/ui/shell-nav';
import {
  Armchair,
  CalendarDays,
  ClipboardCheck,
  Heart,
  MailOpen,
  Settings,
  ShieldCheck,
  UserCog,
  Users,
} from 'lucide-react';
import { paths } from './lib/paths.ts';

/** The rooms of a wedding in the order of the navigation; the first four fit a phone's tab bar. */
export function roomsOf(weddingId: string, { isReader }: { isReader: boolean }): ShellNavItem[] {
  return allRooms(weddingId).filter(({ isForHosts }) => !(isForHosts && isReader));
}

/** Whether the address leads into a room that is not for readers. */
export function isForHosts(weddingId: string, path: string): boolean {
  return allRooms(weddingId).some((room) => room.isForHosts && path.startsWith(room.href));
}

function allRooms(weddingId: string): (ShellNavItem & { isForHosts?: boolean })[] {
  return [
    { label: 'Overview', href: paths.wedding(weddingId), icon: Heart, isExact: true },
    { label: 'Guests', href: paths.guests(weddingId), icon: Users },
    { label: 'Seating', href: paths.seating(weddingId), icon: Armchair },
    { label: 'Messages', href: paths.messages(weddingId), icon: MailOpen, isForHosts: true },
    { label: 'Answers', href: paths.answers(weddingId), icon: ClipboardCheck },
    { label: 'Events', href: paths.events(weddingId), icon: CalendarDays },
    {
      label: 'People',
      href: paths.people(weddingId),
      icon: UserCog,
      isForHosts: true,
      group: 'This wedding',
    },
    { label: 'Privacy', href: paths.privacy(weddingId), icon: ShieldCheck, isForHosts: true },
    { label: 'Settings', href: paths.settings(weddingId), icon: Settings, isForHosts: true },
  ];
}
