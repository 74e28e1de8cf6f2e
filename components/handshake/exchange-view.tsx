import { Payload } from '#src/components/evidence/payload.tsx';
import { curlOf } from '#src/components/tools/copy-forms.ts';
import { CopyButton } from '#src/components/ui/copy-button.tsx';
import type { Exchange } from '#src/lib/mcp/exchange.ts';
import { durationWords } from '#src/lib/time-words.ts';
import { visibleText } from '#src/lib/visible-text.ts';

/** One request and its answer as they went over the wire, with the request as a curl command. */
export function ExchangeView({ exchange }: { exchange: Exchange }) {
  const { request, response } = exchange;
  return (
    <>
      <div className="flex items-center gap-2">
        <h2 className="min-w-0 flex-1 truncate font-mono font-bold">{visibleText(exchange.rpc ?? request.method)}</h2>
        {request.method !== 'STDIN' && <CopyButton text={curlOf(exchange)} label="Copy as curl" />}
      </div>
      <Payload
        title="Request"
        value={`${request.method} ${request.url}\n${headerLines(request.headers)}\n\n${pretty(request.body ?? '')}`.trim()}
      />
      {response ? (
        <Payload
          title={`Response${exchange.ms === null ? '' : `, ${durationWords(exchange.ms)}`}, ${response.bytes.toLocaleString('en')} B`}
          value={`${response.status === 0 ? '' : `HTTP ${response.status}\n`}${headerLines(response.headers)}\n\n${pretty(response.body)}`.trim()}
        />
      ) : (
        <p className="text-fail">{visibleText(exchange.error ?? 'No answer.')}</p>
      )}
    </>
  );
}

const headerLines = (headers: Record<string, string>): string =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
