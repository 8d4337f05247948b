import { Callout } from '@wedsync/ui/callout';
import { Page } from '@wedsync/ui/page-shell';
import { useProfile } from '../../lib/session.ts';
import { PasskeysCard } from './passkeys-card.tsx';
import { PasswordCard } from './password-card.tsx';
import { ProfileCard } from './profile-card.tsx';
import { SessionsCard } from './sessions-card.tsx';
import { TwoFactorCard } from './two-factor-card.tsx';

/** The signed-in person's own matters. */
export function AccountPage() {
  const profile = useProfile();
  return (
    <Page title="Your account" note={profile.email} width="text">
      <div className="flex flex-col gap-5">
        {profile.secondFactorRequired ? (
          <Callout tone="caution" title="Set up a second factor first">
            Your account can do much, so a password alone is not enough. Choose an authenticator app
            or a passkey below; everything else opens afterwards.
          </Callout>
        ) : null}
        <ProfileCard name={profile.name} />
        <PasskeysCard />
        <TwoFactorCard isEnabled={profile.twoFactorEnabled} />
        <PasswordCard />
        <SessionsCard />
      </div>
    </Page>
  );
}
