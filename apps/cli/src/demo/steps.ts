import { everyPartIsReady } from './every-part-is-ready.ts';
import type { DemoStep } from './step.ts';

/** The main job from start to finish, in order. Later steps build on what earlier ones left. */
export const demoSteps: readonly DemoStep[] = [everyPartIsReady];
