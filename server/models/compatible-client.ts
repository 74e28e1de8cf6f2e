import OpenAI from 'openai';
import { guardedFetch } from '#src/server/mcp/guarded-fetch.ts';

/** A client of one team's provider. The address is explicit: the library would else take one from the environment. */
export function compatibleClient({ baseUrl, key }: { baseUrl: string; key: string | null }): OpenAI {
  return new OpenAI({
    apiKey: key ?? 'none',
    baseURL: baseUrl,
    organization: null,
    project: null,
    maxRetries: 0,
    timeout: 30_000,
    fetch: guardedFetch(),
  });
}
