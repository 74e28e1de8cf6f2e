import { z } from 'zod';
import { AppError } from '#src/lib/app-error.ts';
import { connectToLocalDatabase, localInstance } from '#src/server/cli/local-instance.ts';

export type Ask = (method: string, path: string, body?: unknown) => Promise<string>;

/**
 * Lends a command the REST interface: that of `PATCHBAY_URL` with `PATCHBAY_TOKEN`, else of the instance on this machine with a
 * token that lives as long as the command. `ask` answers the body; it throws what the problem document says.
 */
export async function withApi<T>(home: string, work: (ask: Ask) => Promise<T>): Promise<T> {
  const token = process.env.PATCHBAY_TOKEN;
  const url = process.env.PATCHBAY_URL ?? localInstance(home).url;
  if (token) return work(asker(url, token));
  connectToLocalDatabase(home);
  const { createApiToken, revokeApiToken } = await import('#src/server/teams/api-tokens.ts');
  const { demoTeam } = await import('#src/server/teams/demo-team.ts');
  const { closeConnection } = await import('#src/server/db/connection.ts');
  const actor = { teamId: demoTeam.id, role: 'owner', name: 'command line', userId: null } as const;
  const lent = await createApiToken(actor, { name: 'command line, for one command', role: 'builder' });
  try {
    return await work(asker(localInstance(home).url, lent.token));
  } finally {
    await revokeApiToken(actor, lent.id);
    await closeConnection();
  }
}

function asker(url: string, token: string): Ask {
  return async (method, path, body) => {
    const response = await fetch(new URL(`/api/v1${path}`, url), {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch((cause: unknown) => {
      throw new AppError('unreachable', `Patchbay does not answer at ${url}.`, { cause, hint: 'Check PATCHBAY_URL.' });
    });
    const text = await response.text();
    if (response.ok) return text;
    const said = problemOf(text);
    throw new AppError(said.code ?? 'failed', said.title ?? `Patchbay answered ${response.status}.`, {
      hint: said.hint,
    });
  };
}

const problemSchema = z.object({ code: z.string(), title: z.string(), hint: z.string() }).partial();

function problemOf(text: string): z.infer<typeof problemSchema> {
  try {
    return problemSchema.parse(JSON.parse(text));
  } catch {
    return {};
  }
}
