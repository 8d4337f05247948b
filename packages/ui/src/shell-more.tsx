import { Ellipsis } from 'lucide-react';
import { Button } from 'react-aria-components';
import { Menu, MenuItem } from './menu.tsx';
import type { ShellNavItem } from './shell-nav.tsx';

/** The entries that do not fit a phone's tab bar. */
export function ShellMore({
  items,
  className,
}: {
  items: readonly ShellNavItem[];
  className: string;
}) {
  return (
    <Menu
      label="More pages"
      placement="top end"
      trigger={
        <Button className={className}>
          <Ellipsis aria-hidden="true" className="size-5" />
          More
        </Button>
      }
    >
      {items.map((item) => (
        <MenuItem key={item.href} href={item.href} icon={<item.icon aria-hidden="true" />}>
          {item.label}
        </MenuItem>
      ))}
    </Menu>
  );
}
