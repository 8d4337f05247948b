import type { Profile } from '@wedsync/contracts/account';
import { MenuItem } from '@wedsync/ui/menu';
import { UserMenu } from '@wedsync/ui/user-menu';
import { UserRound } from 'lucide-react';
import { paths } from '../../lib/paths.ts';
import { signOut } from './sign-out.ts';

/** Who is signed in, with account, theme and the way out. */
export function AccountMenu({ profile }: { profile: Profile }) {
  return (
    <UserMenu name={profile.name} email={profile.email} onSignOut={() => void signOut()}>
      <MenuItem icon={<UserRound aria-hidden="true" />} href={paths.account}>
        Your account
      </MenuItem>
    </UserMenu>
  );
}
