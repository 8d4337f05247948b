import { Check, ChevronsUpDown, LogOut } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { Avatar } from './avatar.tsx';
import { Menu, MenuItem, MenuSeparator } from './menu.tsx';
import { setTheme, themeChoices, useTheme } from './theme.tsx';

export interface UserMenuProps {
  name: string;
  email: string;
  onSignOut: () => void;
  /** `MenuItem`s of the application, e.g. the account page. */
  children?: ReactNode;
}

/** Who is signed in, the theme, and the way out. */
export function UserMenu({ name, email, onSignOut, children }: UserMenuProps) {
  const theme = useTheme();
  return (
    <Menu
      label="Your account"
      placement="top start"
      trigger={
        <Button className="flex cursor-pointer items-center gap-2.5 rounded-md p-1 text-left text-frame-ink data-hovered:bg-frame-hover md:px-2 md:py-1.5">
          <Avatar name={name} size="sm" />
          {/* The visible words name the button where there are any (WCAG 2.5.3). */}
          <span className="sr-only md:hidden">Your account: {name}</span>
          <span className="hidden min-w-0 flex-1 flex-col md:flex">
            <span className="truncate text-sm">{name}</span>
            <span className="truncate text-frame-soft text-xs">{email}</span>
          </span>
          <ChevronsUpDown aria-hidden="true" className="hidden size-4 text-frame-soft md:block" />
        </Button>
      }
    >
      {children}
      {children ? <MenuSeparator /> : null}
      {themeChoices.map((choice) => (
        <MenuItem
          key={choice.value}
          icon={<choice.icon aria-hidden="true" />}
          textValue={choice.label}
          aria-label={`Theme: ${choice.label}${theme === choice.value ? ', chosen' : ''}`}
          onAction={() => setTheme(choice.value)}
        >
          <span className="flex-1">{choice.label}</span>
          {theme === choice.value ? <Check aria-hidden="true" /> : null}
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuItem icon={<LogOut aria-hidden="true" />} onAction={onSignOut}>
        Sign out
      </MenuItem>
    </Menu>
  );
}
