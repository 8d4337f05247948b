import { Callout } from './callout.tsx';

/** Why signing in or an account change failed; nothing while all is well. */
export function AuthProblem({ text }: { text: string | null }) {
  return text ? (
    <Callout tone="critical" isLive>
      {text}
    </Callout>
  ) : null;
}
