import { AppError, isAppError } from '#src/lib/app-error.ts';

/** What the network said, as an AppError that names it. Never holds a header or a query. */
export function networkError(error: unknown, url: URL): AppError {
  for (let at: unknown = error; at instanceof Error; at = at.cause) if (isAppError(at)) return at;
  const code = codeOf(error);
  const where = `${url.hostname}:${url.port || (url.protocol === 'https:' ? 443 : 80)}`;
  if (code === 'ECONNREFUSED')
    return new AppError('connection-refused', `Connection refused: nothing listens at ${where}.`, {
      hint: 'Check host and port, and that the server is running.',
      retryable: true,
      raw: code,
      cause: error,
    });
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT' || code === 'UND_ERR_HEADERS_TIMEOUT')
    return new AppError('timed-out', `Connection timeout: nothing answered at ${where}.`, {
      hint: 'Check that the address is reachable from this machine and no firewall is in between.',
      retryable: true,
      raw: code,
      cause: error,
    });
  if (/CERT|TLS|SSL|SELF_SIGNED|ALTNAME/.test(code))
    return new AppError('certificate-refused', `The certificate of ${where} is not trusted.`, {
      hint: 'Renew it, or use the name that it was made for.',
      raw: code,
      cause: error,
    });
  return new AppError('connection-lost', `The connection to ${where} broke off.`, {
    hint: 'Try again; if it stays, look at the log of the server.',
    retryable: true,
    raw: code || 'unknown',
    cause: error,
  });
}

function codeOf(error: unknown): string {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string') return at.code;
    if (at instanceof AggregateError && at.errors[0] !== undefined) return codeOf(at.errors[0]);
  }
  return '';
}
