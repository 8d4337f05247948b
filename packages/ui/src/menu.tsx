import type { ReactElement, ReactNode } from 'react';
import {
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  type MenuItemProps,
  MenuTrigger,
  Popover,
  Separator,
} from 'react-aria-components';
import { listBoxStyle, listItemStyle, popoverStyle } from './list-style.tsx';

export interface MenuProps {
  /** The button that opens the menu. */
  trigger: ReactElement;
  /** Names the menu for screen readers. */
  label: string;
  children: ReactNode;
  placement?: 'bottom start' | 'bottom end' | 'top start' | 'top end' | 'right top';
}

/** A list of actions behind a button. */
export function Menu({ trigger, label, children, placement = 'bottom end' }: MenuProps) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover placement={placement} className={`${popoverStyle} min-w-52`}>
        <AriaMenu aria-label={label} className={listBoxStyle}>
          {children}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}

interface ItemProps extends Omit<MenuItemProps, 'className' | 'style' | 'children'> {
  icon?: ReactNode;
  children: ReactNode;
  isDangerous?: boolean;
}

/** One action of a menu. `href` makes it a link. */
export function MenuItem({ icon, children, isDangerous, ...props }: ItemProps) {
  const text = typeof children === 'string' ? children : props.textValue;
  return (
    <AriaMenuItem
      {...props}
      textValue={text}
      className={`${listItemStyle} no-underline [&_svg]:size-4 [&_svg]:text-ink-soft ${isDangerous ? 'text-critical' : ''}`}
    >
      {icon}
      {children}
    </AriaMenuItem>
  );
}

/** A line between groups of actions. */
export function MenuSeparator() {
  return <Separator className="my-1 h-px border-0 bg-line" />;
}
