import type { LastAnswer } from '#src/server/mcp/mcp-error.ts';

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
      const response = await fetch(input, init);
      const answer: LastAnswer = {
        status: response.status,
        contentType: response.headers.get('content-type') ?? '',
        wwwAuthenticate: response.headers.get('www-authenticate'),
        retryAfter: response.headers.get('retry-after'),
        head: '',
      };
      last = answer;
      if (response.body === null || response.ok) {
        if (response.body && !/json|event-stream/.test(answer.contentType)) return copyHead(response, answer, hide);
        return response;
      }
      return copyHead(response, answer, hide);
    },
  };
}

async function copyHead(response: Response, answer: LastAnswer, hide: (text: string) => string): Promise<Response> {
  const text = await response.text().catch(() => '');
  answer.head = hide(text.slice(0, headBytes));
  return new Response(text, { status: response.status, statusText: response.statusText, headers: response.headers });
}
