export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}
export function countChecks(text: string | undefined): Counts;
export function countTests(text: string | undefined): Counts;
export function total(results: {
  checks: string | undefined;
  tests: string | undefined;
  testCode: number;
  demoCode: number;
}): Counts;
