import {
  InsecureTokenEndpointError,
  IssuerMismatchError,
  OAuthError,
  RegistrationRejectedError,
} from '@modelcontextprotocol/client';
import { AppError, isAppError } from '#src/lib/app-error.ts';

/**
 * What the OAuth functions of the client threw, as an AppError that says what to do. The words of the other side stay out of
 * it, but for its error code: in a mix-up they are the attacker's.
 */
export function oauthError(error: unknown): AppError {
  for (let at: unknown = error; at instanceof Error; at = at.cause) if (isAppError(at)) return at;
  if (error instanceof IssuerMismatchError)
    return new AppError('oauth-issuer-mismatch', 'The answer is not from the authorization server that was asked.', {
      hint: 'Do not go on. Tell whoever runs the server: its documents name one issuer and the answer another.',
      cause: error,
    });
  if (error instanceof InsecureTokenEndpointError)
    return new AppError('https-required', 'The authorization server takes tokens over plain http.', {
      hint: 'Ask whoever runs it for an https address.',
      cause: error,
    });
  if (error instanceof RegistrationRejectedError)
    return new AppError('oauth-registration-refused', 'The authorization server refused to register Patchbay.', {
      hint: 'Register a client there by hand, with the address of the callback, and enter its id here.',
      raw: `HTTP ${error.status}`,
      cause: error,
    });
  if (error instanceof OAuthError) return answered(error);
  return new AppError('oauth-metadata', 'The authorization server does not answer as OAuth asks.', {
    hint: 'Tell whoever runs it; its documents or its answers are not what the standard says.',
    cause: error,
  });
}

function answered(error: OAuthError): AppError {
  const code = /^[a-z_]{1,40}$/.test(error.code) ? error.code : 'unknown';
  if (code === 'invalid_client' || code === 'unauthorized_client')
    return new AppError('oauth-client-refused', 'The authorization server does not know this client.', {
      hint: 'Check client id and secret, or leave them out so that Patchbay registers itself.',
      raw: code,
      cause: error,
    });
  if (code === 'invalid_grant')
    return new AppError('oauth-expired', 'The sign-in has ended: its token could not be renewed.', {
      hint: 'Open the server and sign in again.',
      raw: code,
      cause: error,
    });
  if (code === 'server_error' || code === 'temporarily_unavailable')
    return new AppError('oauth-unavailable', 'The authorization server does not work at the moment.', {
      hint: 'Try again in a while.',
      retryable: true,
      raw: code,
      cause: error,
    });
  return new AppError('oauth-refused', `The authorization server refused: ${code}.`, {
    hint: 'Check the scopes and the client with whoever runs the server.',
    raw: code,
    cause: error,
  });
}

/** Someone has to sign in; `issuer` is where, when it is known. */
export function oauthNeeded(issuer: string | null): AppError {
  // The server chose it.
  const where = issuer?.replace(/[^\x21-\x7e]/g, '').slice(0, 200) ?? '';
  return new AppError(
    'oauth-needed',
    `Authentication failed: the server answered 401 and asks for OAuth${where && ` at ${where}`}.`,
    { hint: 'Open the server and sign in there.' },
  );
}

/** The tokens are of no use any more. */
export function oauthExpired(): AppError {
  return new AppError('oauth-expired', 'The sign-in has ended: the server no longer takes its token.', {
    hint: 'Open the server and sign in again.',
  });
}

/** More is asked than was granted. */
export function oauthScope(scopes: readonly string[]): AppError {
  const named = scopes.join(', ').slice(0, 200);
  return new AppError('oauth-scope', `The server asks for more rights${named ? `: ${named}` : ''}.`, {
    hint: 'Open the server and sign in again; the sign-in asks for these rights too.',
  });
}
