import { ZodError } from 'zod';
import { AppError, isAppError } from '#src/lib/app-error.ts';
import { log } from '#src/server/log.ts';

/** An error as `application/problem+json` (RFC 9457), with its stable `code`. What nobody foresaw tells nothing of the inside. */
export function problem(error: unknown): Response {
  const app = asAppError(error);
  return new Response(
    JSON.stringify({
      type: `https://patchbay.dev/problems/${app.code}`,
      title: app.message,
      status: app.status,
      code: app.code,
      ...(app.hint ? { hint: app.hint } : {}),
      ...(app.retryable ? { retryable: true } : {}),
    }),
    { status: app.status, headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' } },
  );
}

function asAppError(error: unknown): AppError {
  if (isAppError(error)) return error;
  if (error instanceof ZodError) {
    const [issue] = error.issues;
    const where = issue?.path.join('.') ?? '';
    return new AppError('invalid-input', `${where ? `${where}: ` : ''}${issue?.message ?? 'The input is not valid.'}`, {
      status: 422,
      hint: 'See /api/v1/openapi.json for what is expected.',
    });
  }
  if (isDatabaseAway(error))
    return new AppError('database-away', 'The database does not answer right now.', {
      status: 503,
      retryable: true,
      hint: 'Try again in a moment.',
    });
  log('api').error(
    {
      code: error instanceof Error ? error.name : 'unknown',
      at: error instanceof Error ? error.stack?.split('\n')[1]?.trim() : undefined,
    },
    'unexpected error',
  );
  return new AppError('internal', 'Something went wrong inside Patchbay.', {
    status: 500,
    retryable: true,
    hint: 'Try again; the log has more.',
  });
}

function isDatabaseAway(error: unknown): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause)
    if ('code' in at && /^(ECONNREFUSED|ECONNRESET|CONNECT_TIMEOUT|CONNECTION_|57P0)/.test(String(at.code)))
      return true;
  return false;
}
