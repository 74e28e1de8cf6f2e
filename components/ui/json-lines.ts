/** The lines of a response that is streamed as one JSON value a line. Throws when the request is refused or breaks off. */
export async function* jsonLines(url: string, init: RequestInit): AsyncGenerator<unknown> {
  const response = await fetch(url, init);
  if (!response.ok || !response.body) throw new Error(`HTTP ${response.status}`);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    const parts = `${rest}${value ?? ''}`.split('\n');
    rest = done ? '' : (parts.pop() ?? '');
    for (const part of parts) if (part.trim() !== '') yield JSON.parse(part);
    if (done) return;
  }
}
