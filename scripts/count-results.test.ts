import { describe, expect, it } from 'vitest';
import { countChecks, countTests, total } from './count-results.mjs';

const report = (parts: object) =>
  JSON.stringify({
    success: true,
    numPassedTests: 5,
    numFailedTests: 0,
    testResults: [],
    ...parts,
  });
const well = { checks: 'ok x\ncheck: 3 passed, 0 failed, 0 skipped\n', tests: report({}) };

describe('counting results', () => {
  it('sums checks, tests and the demo', () => {
    expect(total({ ...well, testCode: 0, demoCode: 0 })).toEqual({
      passed: 9,
      failed: 0,
      skipped: 0,
    });
  });

  it('counts a demo that failed', () => {
    expect(total({ ...well, testCode: 0, demoCode: 1 })).toMatchObject({ passed: 8, failed: 1 });
  });

  it('takes a missing or broken report for a failure, never for nothing', () => {
    expect(countChecks(undefined).failed).toBe(1);
    expect(countTests(undefined).failed).toBe(1);
    expect(countTests('{"numPassedTests": 0').failed).toBe(1);
    expect(countTests(report({ numPassedTests: 0 })).failed).toBe(1);
  });

  it('counts a file that broke before its first test', () => {
    const testResults = [{ status: 'failed', assertionResults: [] }];
    expect(countTests(report({ success: false, testResults })).failed).toBe(1);
  });

  it('does not count a failing test twice', () => {
    const testResults = [{ status: 'failed', assertionResults: [{ status: 'failed' }] }];
    expect(countTests(report({ success: false, numFailedTests: 1, testResults })).failed).toBe(1);
  });

  it('notices an exit code that no report explains', () => {
    expect(total({ ...well, testCode: 124, demoCode: 0 }).failed).toBe(1);
    expect(countTests(report({ success: false })).failed).toBe(1);
  });
});
