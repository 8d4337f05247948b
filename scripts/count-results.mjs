// Sums static checks, tests and the demo into the one line that ends .ci/run. Plain JavaScript: it
// has to work when the installation did not.
import { readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const none = { passed: 0, failed: 0, skipped: 0 };
const oneFailed = { ...none, failed: 1 };

/** The static checks, from the last line that check.ts prints; no such line is a failure. */
export function countChecks(text) {
  const line = /^check: (\d+) passed, (\d+) failed, (\d+) skipped$/m.exec(text ?? '');
  if (!line) return oneFailed;
  const [passed, failed, skipped] = line.slice(1).map(Number);
  return { passed, failed, skipped };
}

/** The tests, from vitest's JSON report. A file that broke before its first test is a failure. */
export function countTests(text) {
  let report;
  try {
    report = JSON.parse(text ?? '');
  } catch {
    return oneFailed;
  }
  const files = report.testResults ?? [];
  const broken = files.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((t) => t.status === 'failed'),
  ).length;
  const counts = {
    passed: report.numPassedTests ?? 0,
    failed: (report.numFailedTests ?? 0) + broken,
    skipped: (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0),
  };
  // Errors outside of any test (a rejection nobody caught) show in the verdict alone.
  if (report.success === false && counts.failed === 0) return { ...counts, failed: 1 };
  return counts.passed + counts.failed === 0 ? oneFailed : counts;
}

/** All suites together. A program that failed although all it reported is well counts as one. */
export function total({ checks, tests, testCode, demoCode }) {
  const parts = [countChecks(checks), countTests(tests)];
  parts.push(demoCode === 0 ? { ...none, passed: 1 } : oneFailed);
  const sum = (key) => parts.reduce((all, part) => all + part[key], 0);
  const counts = { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
  const unexplained = testCode !== 0 && parts[0].failed + parts[1].failed === 0;
  return unexplained ? { ...counts, failed: counts.failed + 1 } : counts;
}

function readIfThere(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

const invoked = process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url);
if (invoked) {
  const [folder = '.', testCode, demoCode] = process.argv.slice(2);
  const counts = total({
    checks: readIfThere(join(folder, 'checks.txt')),
    tests: readIfThere(join(folder, 'tests.json')),
    testCode: Number(testCode),
    demoCode: Number(demoCode),
  });
  const { passed, failed, skipped } = counts;
  process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
  process.exitCode = failed === 0 ? 0 : 1;
}
