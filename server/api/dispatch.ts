import { AppError } from '#src/lib/app-error.ts';
import { authenticate } from '#src/server/api/authenticate.ts';
import type { Endpoint } from '#src/server/api/endpoint.ts';
import { problem } from '#src/server/api/problem.ts';
import { readJson } from '#src/server/api/read-json.ts';
import { endpoints } from '#src/server/api/table.ts';
import type { Actor } from '#src/server/teams/actor.ts';

const base = '/api/v1';
const nobody: Actor = { teamId: '', role: 'reviewer', name: 'nobody', userId: null };

/** Answers one request of the REST interface. Never throws: errors are problem documents. */
export async function dispatch(request: Request): Promise<Response> {
  try {
    const path = new URL(request.url).pathname.slice(base.length) || '/';
    // Whoever asks for the head gets the answer of GET without its body.
    const { endpoint, params } = find(request.method === 'HEAD' ? 'GET' : request.method, path);
    const actor = endpoint.action === null ? nobody : await authenticate(request, endpoint.action);
    const body = endpoint.body === null ? null : endpoint.body.parse(await readJson(request));
    const query =
      endpoint.query === null ? null : endpoint.query.parse(Object.fromEntries(new URL(request.url).searchParams));
    const answer = await endpoint.handle({ actor, params, body, query, request });
    if (answer instanceof Response) return answer;
    if (answer === undefined) return new Response(null, { status: 204 });
    return Response.json(answer, { status: endpoint.status, headers: { 'cache-control': 'no-store' } });
  } catch (error) {
    return problem(error);
  }
}

function find(method: string, path: string): { endpoint: Endpoint; params: Record<string, string> } {
  const here = endpoints.flatMap((endpoint) => {
    const params = match(endpoint.path, path);
    return params ? [{ endpoint, params }] : [];
  });
  const found = here.find(({ endpoint }) => endpoint.method === method);
  if (found) return found;
  if (here.length > 0)
    throw new AppError('method-not-allowed', `${method} is not possible here.`, {
      status: 405,
      hint: `Possible: ${here.map(({ endpoint }) => endpoint.method).join(', ')}.`,
    });
  throw new AppError('not-found', 'There is nothing at this address.', {
    status: 404,
    hint: 'See /api/v1/openapi.json.',
  });
}

/** The named parts of a path that fits a pattern, or null. */
export function match(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split('/');
  const given = path.replace(/\/$/, '').split('/');
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [i, part] of wanted.entries()) {
    const value = given[i] ?? '';
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name === undefined ? part !== value : value === '') return null;
    if (name !== undefined) params[name] = safeDecode(value);
  }
  return params;
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new AppError('not-found', 'There is nothing at this address.', { status: 404 });
  }
}
