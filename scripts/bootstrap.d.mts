export function withoutNpmNoise<T>(env: Record<string, T>): Record<string, T>;
export function machineProblem(machine: {
  platform?: string | undefined;
  arch?: string | undefined;
  nodeVersion: string;
}): string | undefined;
export function installStamp(parts: {
  lockfile: string;
  workspace: string;
  platform: string;
  arch: string;
}): string;
export function testPlan(args: readonly string[]): {
  check: boolean;
  checkReport: string | undefined;
  vitest: string[];
};
export function worstOf(codes: readonly number[]): number;
