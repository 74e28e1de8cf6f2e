import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { isAppError } from '#src/lib/app-error.ts';
import { type OpenedShare, openShare } from '#src/server/links/share-opening.ts';

/** The link that a secret opens, checked once a request. What does not work was answered before with words; here it is not found. */
export const openOrNotFound = cache(async (secret: string): Promise<OpenedShare> => {
  try {
    return await openShare(secret, await headers());
  } catch (error) {
    if (isAppError(error)) notFound();
    throw error;
  }
});
