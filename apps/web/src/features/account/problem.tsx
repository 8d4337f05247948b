import { Callout } from '@wedsync/ui/callout';

/** Why signing in or an account change failed; nothing while all is well. */
export function Problem({ text }: { text: string | null }) {
  return text ? (
    <Callout tone="critical" isLive>
      {text}
    </Callout>
  ) : null;
}
