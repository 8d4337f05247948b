import { everyPartIsReady } from './every-part-is-ready.ts';
import { guestListIsImported } from './guest-list-is-imported.ts';
import { guestsAreSeated } from './guests-are-seated.ts';
import { guestsHaveAnswered } from './guests-have-answered.ts';
import { invitationsAreSent } from './invitations-are-sent.ts';
import type { DemoStep } from './step.ts';
import { workerIsKilled } from './worker-is-killed.ts';

/** The main job from start to finish, in order. Later steps build on what earlier ones left. */
export const demoSteps: readonly DemoStep[] = [
  everyPartIsReady,
  guestListIsImported,
  invitationsAreSent,
  guestsHaveAnswered,
  guestsAreSeated,
  workerIsKilled,
];
