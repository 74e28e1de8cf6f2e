const waitMs = 3_000;
const headChars = 4_096;

/** True when a GET answers as the HTTP+SSE transport of 2024-11-05 begins: an event stream whose first event is `endpoint`. */
export async function speaksOldTransport(fetch: typeof globalThis.fetch, url: URL): Promise<boolean> {
  const limit = AbortSignal.timeout(waitMs);
  try {
    const response = await fetch(url, { headers: { accept: 'text/event-stream' }, signal: limit });
    const reader = response.body?.getReader();
    if (!reader || !response.ok || !/event-stream/.test(response.headers.get('content-type') ?? '')) {
      await reader?.cancel();
      return false;
    }
    limit.addEventListener('abort', () => void reader.cancel().catch(() => {}), { once: true });
    const decoder = new TextDecoder();
    let head = '';
    while (head.length < headChars) {
      const { done, value } = await reader.read();
      head += decoder.decode(value, { stream: true });
      if (/^event: ?endpoint\r?$/m.test(head)) {
        await reader.cancel();
        return true;
      }
      if (done) return false;
    }
    await reader.cancel();
    return false;
  } catch {
    return false; // no answer is no evidence
  }
}
