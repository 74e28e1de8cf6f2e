import { APIConnectionError, APIConnectionTimeoutError, APIError } from 'openai';
import { AppError, isAppError } from '#src/lib/app-error.ts';

/** What a provider answered or threw, as an AppError: a stable code, a sentence, what to do. No key is in it. */
export function modelError(error: unknown): AppError {
  const known = appErrorIn(error);
  if (known) return known;
  if (error instanceof APIConnectionTimeoutError) {
    return new AppError('provider-slow', 'The provider did not answer in time.', { retryable: true, cause: error });
  }
  if (error instanceof APIConnectionError) return lost(error);
  if (error instanceof APIError && typeof error.status === 'number') return ofStatus(error.status, error);
  if (error instanceof TypeError || (error instanceof Error && error.message === 'terminated')) return lost(error);
  return new AppError('model-failed', 'The model failed.', { cause: error });
}

/** The same for a plain HTTP status, where no library stands between. */
export function ofStatus(status: number, cause: unknown, raw?: string): AppError {
  const options = { cause, raw: raw ?? (cause instanceof Error ? cause.message.slice(0, 500) : undefined) };
  if (status === 401 || status === 403) {
    return new AppError('provider-key-refused', `The provider refused the key (status ${status}).`, {
      ...options,
      hint: 'Check the key: copy it again from the provider, and see that it may use this model.',
    });
  }
  if (status === 404) {
    return new AppError('provider-not-found', 'The provider knows no such address or model (status 404).', {
      ...options,
      hint: 'Check the base URL with its version part, and the name of the model.',
    });
  }
  if (status === 429) {
    return new AppError('provider-busy', 'The provider has had enough requests for now (status 429).', {
      ...options,
      retryable: true,
      hint: 'Wait a little, or raise the limit at the provider.',
    });
  }
  if (status >= 500) {
    return new AppError('provider-failed', `The provider failed (status ${status}).`, {
      ...options,
      retryable: true,
      hint: 'Try again later; look at the status page of the provider.',
    });
  }
  return new AppError('provider-refused', `The provider refused the request (status ${status}).`, {
    ...options,
    hint: 'Look at its own words below.',
  });
}

/** The AppError that a failure carries; a connection that broke is the provider's here, whoever noticed it. */
export function appErrorIn(error: unknown): AppError | null {
  for (let at: unknown = error; at instanceof Error; at = at.cause)
    if (isAppError(at)) return at.code === 'connection-lost' ? lost(at) : at;
  return null;
}

function lost(cause: unknown): AppError {
  return new AppError('provider-lost', 'The connection to the provider broke.', {
    retryable: true,
    cause,
    hint: 'Check the address, and that this machine reaches it.',
  });
}
