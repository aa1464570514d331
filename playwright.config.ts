import { defineConfig, devices } from '@playwright/test';

// `npm test` finds the browser and names it here; started by hand, Debian's is assumed.
const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const offline = ['--disable-background-networking', '--disable-component-update', '--no-first-run'];

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results/e2e',
  globalSetup: './tests/harness/e2e-setup.ts',
  // One world for the whole run, and procedures with real clocks in it: files go one after another.
  workers: 1,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    // Set by the global set-up, before the workers read this file.
    ...(process.env.E2E_BASE_URL ? { baseURL: process.env.E2E_BASE_URL } : {}),
    // What does not answer by then will not: fail there, not at the end of the whole test.
    actionTimeout: 30_000,
    navigationTimeout: 30_000,
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: { executablePath, args: ['--no-sandbox', ...offline] },
  },
  projects: [
    { name: 'chromium', use: { ...devices['Desktop Chrome'], viewport: { width: 1440, height: 900 } } },
  ],
});
