import { isAppError } from '#src/lib/app-error.ts';
import type { LastAnswer } from '#src/server/mcp/mcp-error.ts';
import { canBeResumed, whoWaits } from '#src/server/mcp/transports/awaited-answer.ts';

const headBytes = 600;

/** Wraps a fetch so that the newest answer's status, type and first bytes are known afterwards. Secrets are taken out of those bytes. */
export function watchedFetch(
  fetch: typeof globalThis.fetch,
  secrets: () => readonly string[],
): { fetch: typeof globalThis.fetch; last: () => LastAnswer | null } {
  let last: LastAnswer | null = null;
  const hide = (text: string) => secrets().reduce((shown, secret) => shown.replaceAll(secret, '[hidden]'), text);
  return {
    last: () => last,
    fetch: async (input, init) => {
      last = null;
      const breakOff = whoWaits(init?.method);
      const response = await fetch(input, init);
      const answer: LastAnswer = {
        status: response.status,
        contentType: response.headers.get('content-type') ?? '',
        wwwAuthenticate: response.headers.get('www-authenticate'),
        retryAfter: response.headers.get('retry-after'),
        head: '',
        failure: null,
      };
      last = answer;
      if (response.body === null || response.ok) {
        if (response.body && !/json|event-stream/.test(answer.contentType)) return copyHead(response, answer, hide);
        return response.body ? watchBody(response, response.body, answer, breakOff) : response;
      }
      return copyHead(response, answer, hide);
    },
  };
}

/** The client waits on when a stream of events breaks: what broke it is known here, and who waits is told. */
function watchBody(
  response: Response,
  body: ReadableStream<Uint8Array>,
  answer: LastAnswer,
  breakOff: ((reason: Error) => void) | null,
): Response {
  const reader = body.getReader();
  let resumable = false;
  const watched = new ReadableStream<Uint8Array>({
    async pull(out) {
      try {
        const { done, value } = await reader.read();
        if (done) return out.close();
        resumable ||= canBeResumed(value);
        out.enqueue(value);
      } catch (error) {
        if (isAppError(error)) answer.failure = error;
        if (isAppError(error) && !resumable) breakOff?.(error);
        throw error;
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return new Response(watched, { status: response.status, statusText: response.statusText, headers: response.headers });
}

async function copyHead(response: Response, answer: LastAnswer, hide: (text: string) => string): Promise<Response> {
  const text = await response.text().catch(() => '');
  answer.head = hide(text.slice(0, headBytes));
  return new Response(text, { status: response.status, statusText: response.statusText, headers: response.headers });
}
