import { defineConfig } from 'vitest/config';

/** Tests that speak and listen: on two cores they need the machine to themselves. */
const voice = ['server/agent/**/*.test.ts', 'server/speech/**/*.test.ts'];

export default defineConfig({
  test: {
    globalSetup: ['server/db/testing/global-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'quiet',
          include: ['lib/**/*.test.ts', 'server/**/*.test.ts', 'demo/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: voice,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      { extends: true, test: { name: 'voice', include: voice, maxWorkers: 1, sequence: { groupOrder: 1 } } },
    ],
  },
});
