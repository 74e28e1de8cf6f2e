import { notFound } from 'next/navigation';
import { isAppError } from '#src/lib/app-error.ts';

/** What a page reads by the id in its address: one that does not exist, or is another team's, is the not-found page. */
export async function orNotFound<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (isAppError(error) && error.code === 'not-found') notFound();
    throw error;
  }
}
