import { problem } from '#src/server/api/problem.ts';
import { type OpenedShare, openShare } from '#src/server/links/share-opening.ts';

/** Answers a request under a share link, which is checked each time. What goes wrong is a problem document; nothing of it is kept. */
export async function shareAnswer(
  secret: string,
  request: Request,
  answer: (opened: OpenedShare) => Promise<Response>,
): Promise<Response> {
  const response = await openShare(secret, request.headers).then(answer).catch(problem);
  // Without no-transform it could be compressed, and then bytes would be counted twice.
  response.headers.set('cache-control', 'private, no-store, no-transform');
  return response;
}
