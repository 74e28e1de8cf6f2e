import { ProtocolError, SdkError, SdkErrorCode, SdkHttpError, UnauthorizedError } from '@modelcontextprotocol/client';
import { AppError, isAppError } from '#src/lib/app-error.ts';

/** The newest answer of a server, for telling what it is when it is not MCP. */
export type LastAnswer = {
  status: number;
  contentType: string;
  wwwAuthenticate: string | null;
  retryAfter: string | null;
  head: string;
};

/**
 * What the MCP client threw, as an AppError with a stable code, a plain sentence and what to do. `hide` takes secrets out of
 * the server's words.
 */
export function mcpError(error: unknown, last: LastAnswer | null, hide = (text: string): string => text): AppError {
  for (let at: unknown = error; at instanceof Error; at = at.cause) if (isAppError(at)) return at;
  const status = error instanceof SdkHttpError ? error.status : last?.status;
  const raw = last ? rawOf(last) : error instanceof Error ? hide(error.message.slice(0, 500)) : undefined;

  if (status === 401 || status === 403 || error instanceof UnauthorizedError)
    return refusalError(status ?? 401, last, error);
  if (status === 429)
    return new AppError('rate-limited', 'The server answered 429: too many requests.', {
      hint: last?.retryAfter ? `It asks to wait: Retry-After ${last.retryAfter}.` : 'Ask less often; try again later.',
      retryable: true,
      raw,
      cause: error,
    });
  const asked = askedForOurs(error);
  if (asked !== null)
    return new AppError('refused-by-us', `The server asked for ${asked}, which Patchbay refuses.`, {
      hint: 'Use a tool that works without it.',
      cause: error,
    });
  if (error instanceof ProtocolError)
    return new AppError('server-error', `The server refused: ${hide(error.message.slice(0, 300))}`, {
      hint: 'Look at the log of the server.',
      raw: hide(`${error.code} ${error.message}`.slice(0, 500)),
      cause: error,
    });
  if (isTimeout(error))
    return new AppError('timed-out', 'Connection timeout: the server did not answer in time.', {
      hint: 'Check that it is running and not overloaded.',
      retryable: true,
      raw,
      cause: error,
    });
  if (
    last &&
    last.status < 500 &&
    (last.status === 404 || last.status === 405 || !/json|event-stream/.test(last.contentType))
  )
    return new AppError(
      'not-mcp',
      `Answers, but not MCP: status ${last.status}, content-type ${last.contentType || 'none'}.`,
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

/** A 401 or 403, with what the server's challenge asks for. */
export function refusalError(status: number, last: LastAnswer | null, cause: unknown): AppError {
  const challenge = last?.wwwAuthenticate ?? '';
  const metadata = /resource_metadata="?([^",\s]+)/i.exec(challenge)?.[1];
  const oauth = metadata !== undefined && URL.canParse(metadata) ? new URL(metadata).origin : null;
  return new AppError(
    'unauthorised',
    `Authentication failed: the server answered ${status}${oauth ? ` and asks for OAuth at ${oauth}` : ''}.`,
    { hint: refusalHint(status, challenge, oauth !== null), raw: last ? rawOf(last) : undefined, cause },
  );
}

function refusalHint(status: number, challenge: string, oauth: boolean): string {
  if (/insufficient_scope/i.test(challenge))
    return 'The sign-in may do too little: sign in again with the scopes that the server names.';
  if (oauth) return 'Choose OAuth as the way to sign in, then sign in.';
  if (/bearer/i.test(challenge)) return 'The server asks for a bearer token. Paste one, or check the one you pasted.';
  if (status === 403) return 'The key is known but may not do this; ask whoever runs the server.';
  return 'Check the key and the name of its header with whoever runs the server.';
}

/** Sampling or roots, when the server cannot go on without: we offer neither, by choice. */
function askedForOurs(error: unknown): string | null {
  if (!(error instanceof SdkError) || error.code !== SdkErrorCode.CapabilityNotSupported) return null;
  const method = typeof error.data === 'object' && error.data !== null && 'method' in error.data && error.data.method;
  return typeof method === 'string' ? method : null;
}

/** True for a failure after which the session is dead and a new one may work. */
export function isLostSession(error: AppError): boolean {
  const status = error.cause instanceof SdkHttpError ? error.cause.status : undefined;
  if (isClosed(error.cause)) return true;
  return /^(connection-lost|connection-refused|program-ended)$/.test(error.code) || status === 400 || status === 404;
}

const isClosed = (error: unknown): boolean => error instanceof SdkError && error.code === SdkErrorCode.ConnectionClosed;

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
