import { isAppError } from '#src/lib/app-error.ts';

/** Code and sentence for the log of a call; what was not named at a border is told without its technical words. */
export function failureWords(error: unknown): { code: string; message: string } {
  return isAppError(error)
    ? { code: error.code, message: error.message }
    : { code: 'agent-failed', message: 'The agent failed.' };
}
