import { startInstance } from '#src/e2e/harness/instance.ts';
import { writeState } from '#src/e2e/harness/state.ts';

/** One instance of the product for all tests, with the owner's API token. The first spec makes the owner's account by the link. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const instance = await startInstance();
  writeState({
    url: instance.url,
    setupUrl: instance.setupUrl,
    home: instance.home,
    token: instance.token('end-to-end tests'),
  });
  return () => instance.stop();
}
