import { ProtocolError, SdkError, SdkHttpError, UnauthorizedError } from '@modelcontextprotocol/client';
import { AppError, isAppError } from '#src/lib/app-error.ts';

/** The newest answer of a server, for telling what it is when it is not MCP. */
export type LastAnswer = { status: number; contentType: string; wwwAuthenticate: string | null; head: string };

/** What the MCP client threw, as an AppError with a stable code, a plain sentence and what to do. */
export function mcpError(error: unknown, last: LastAnswer | null): AppError {
  for (let at: unknown = error; at instanceof Error; at = at.cause) if (isAppError(at)) return at;
  const status = error instanceof SdkHttpError ? error.status : last?.status;
  const raw = last ? rawOf(last) : error instanceof Error ? error.message.slice(0, 500) : undefined;

  if (status === 401 || status === 403 || error instanceof UnauthorizedError)
    return new AppError('unauthorised', `Authentication failed: the server answered ${status ?? 401}.`, {
      hint:
        last?.wwwAuthenticate && /bearer/i.test(last.wwwAuthenticate)
          ? 'The server asks for a bearer token. Paste one, or check the one you pasted.'
          : 'Check the key and the name of its header with whoever runs the server.',
      raw,
      cause: error,
    });
  if (error instanceof ProtocolError)
    return new AppError('server-error', `The server refused: ${error.message.slice(0, 300)}`, {
      hint: 'Look at the log of the server.',
      raw: `${error.code} ${error.message}`.slice(0, 500),
      cause: error,
    });
  if (isTimeout(error))
    return new AppError('timed-out', 'Connection timeout: the server did not answer in time.', {
      hint: 'Check that it is running and not overloaded.',
      retryable: true,
      raw,
      cause: error,
    });
  if (last && (last.status === 404 || last.status === 405 || !/json|event-stream/.test(last.contentType)))
    return new AppError(
      'not-mcp',
      `Something answers, but not MCP: status ${last.status}, content-type ${last.contentType || 'none'}.`,
      {
        hint: 'Check the path of the address; MCP servers often listen under /mcp.',
        raw,
        cause: error,
      },
    );
  return new AppError('server-error', `The server did not answer as MCP asks${status ? ` (status ${status})` : ''}.`, {
    hint: 'Look at the log of the server, and at its answer below.',
    retryable: status !== undefined && status >= 500,
    raw,
    cause: error,
  });
}

/** True for a failure after which the session is dead and a new one may work. */
export function isLostSession(error: AppError): boolean {
  const status = error.cause instanceof SdkHttpError ? error.cause.status : undefined;
  return error.code === 'connection-lost' || error.code === 'connection-refused' || status === 400 || status === 404;
}

function isTimeout(error: unknown): boolean {
  if (error instanceof SdkError && error.code === 'REQUEST_TIMEOUT') return true;
  return (
    error instanceof Error &&
    (error.name === 'TimeoutError' || (error.name === 'AbortError' && /timeout/i.test(error.message)))
  );
}

function rawOf(last: LastAnswer): string {
  const lines = [`HTTP ${last.status}`, `content-type: ${last.contentType || 'none'}`];
  if (last.wwwAuthenticate) lines.push(`www-authenticate: ${last.wwwAuthenticate}`);
  return `${lines.join('\n')}\n\n${last.head}`.trim();
}
