import { type AppError, isAppError } from '#src/lib/app-error.ts';

/** Why a link does not work, or null when it does. */
export async function linkProblem(checking: Promise<unknown>): Promise<AppError | null> {
  try {
    await checking;
    return null;
  } catch (error) {
    if (isAppError(error)) return error;
    throw error;
  }
}
