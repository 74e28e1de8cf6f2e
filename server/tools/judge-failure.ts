import { ProtocolError, SdkHttpError } from '@modelcontextprotocol/client';
import { AppError } from '#src/lib/app-error.ts';
import { isLostSession } from '#src/server/mcp/mcp-error.ts';

export type Failure = {
  code: string;
  message: string;
  raw?: string | undefined;
  /** The request surely had no effect: it never left, or the server answered that it refused it. */
  hadNoEffect: boolean;
  /** The session is dead; a new one may help. */
  sessionLost: boolean;
  /** The server is in trouble, not the request: a read may be tried again, and a server with many of these is let rest. */
  serverTrouble: boolean;
};

/** Codes of requests that never reached a tool. */
const neverArrived = new Set([
  'address-unknown',
  'address-refused',
  'https-required',
  'connection-refused',
  'certificate-refused',
  'unauthorised',
  'not-mcp',
  'old-transport',
  'not-old-transport',
  'stdio-off',
  'program-missing',
  'unhealthy',
  'unknown-tool',
  'invalid-server',
]);

/** Turns whatever a tool call threw into a code, and says whether it can have had an effect. */
export function judgeFailure(error: unknown, timedOut: boolean): Failure {
  if (timedOut || (error instanceof AppError && error.code === 'timed-out')) {
    return {
      code: 'timed-out',
      message: 'The tool did not answer in time.',
      hadNoEffect: false,
      sessionLost: false,
      serverTrouble: true,
    };
  }
  if (!(error instanceof AppError)) {
    const raw = error instanceof Error ? error.message : undefined;
    return {
      code: 'connection-lost',
      message: 'The connection to the tool was lost.',
      raw,
      hadNoEffect: false,
      sessionLost: true,
      serverTrouble: true,
    };
  }
  const status = error.cause instanceof SdkHttpError ? error.cause.status : undefined;
  const refused = error.cause instanceof ProtocolError || (status !== undefined && status >= 400 && status < 500);
  const sessionLost = isLostSession(error);
  return {
    code: error.code,
    message: error.message,
    raw: error.raw,
    hadNoEffect: refused || neverArrived.has(error.code),
    sessionLost,
    // One that says "too many requests" is not asked again at once.
    serverTrouble: sessionLost || (error.retryable && error.code !== 'rate-limited'),
  };
}
