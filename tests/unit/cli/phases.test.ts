import { describe, expect, it } from 'vitest';
import { countForge, countPlaywright, countVitest, inWords, NOTHING, plus } from '@/lib/cli/phases';

describe('what the phases of the tests count', () => {
  it('is of vitest: files that broke before a test are failures, skipped tests are told', () => {
    const report = {
      numPassedTests: 5,
      numFailedTests: 1,
      numPendingTests: 2,
      numTodoTests: 1,
      testResults: [
        { status: 'failed', assertionResults: [] },
        { status: 'failed', assertionResults: [{}] },
        { status: 'passed', assertionResults: [{}] },
      ],
    };
    expect(countVitest(JSON.stringify(report))).toEqual({ passed: 5, failed: 2, skipped: 3 });
  });

  it('is of forge', () => {
    const results = { a: { status: 'Success' }, b: { status: 'Failure' }, c: { status: 'Skipped' } };
    const output = `Compiling …\n${JSON.stringify({ 'test/A.t.sol:A': { test_results: results } })}\n`;
    expect(countForge('', output)).toEqual({ passed: 1, failed: 1, skipped: 1 });
  });

  it('is of Playwright: a test that failed first and passed then has failed', () => {
    const report = { stats: { expected: 7, unexpected: 1, flaky: 1, skipped: 2 } };
    expect(countPlaywright(JSON.stringify(report))).toEqual({ passed: 7, failed: 2, skipped: 2 });
  });

  it('is summed, and said in one line', () => {
    const one = { passed: 3, failed: 0, skipped: 2 };
    expect(inWords(plus(plus(NOTHING, one), { passed: 1, failed: 1, skipped: 0 }))).toBe(
      '4 passed, 1 failed, 2 skipped',
    );
  });
});
