/** What a person and a program are told when something cannot be done. */
export type AppErrorOptions = {
  /** What to do about it, one sentence. */
  hint?: string | undefined;
  /** True when the same call may succeed later. */
  retryable?: boolean | undefined;
  /** HTTP status for the REST border; 400 unless told otherwise. */
  status?: number | undefined;
  cause?: unknown;
  /** The other side's raw words, already free of secrets. */
  raw?: string | undefined;
};

/**
 * The one error class. `code` is stable and kebab-case, `message` is for a person, `hint` says what to do.
 * Borders (network, database, files) turn whatever they catch into it.
 */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: string;
  readonly hint: string | undefined;
  readonly retryable: boolean;
  readonly status: number;
  readonly raw: string | undefined;

  constructor(code: string, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
    this.retryable = options.retryable ?? false;
    this.status = options.status ?? 400;
    this.raw = options.raw;
  }
}

/** True for an AppError, also one of another copy of this module. */
export function isAppError(error: unknown): error is AppError {
  return error instanceof Error && error.name === 'AppError' && 'code' in error;
}

/** The answer for an id that does not exist, or is another team's: both look the same from outside. */
export function notFound(what: string): AppError {
  return new AppError('not-found', `There is no such ${what}.`, {
    status: 404,
    hint: `Check the address; the ${what} may have been deleted.`,
  });
}
