import { deserializeMessage, type JSONRPCMessage } from '@modelcontextprotocol/client';
import { AppError } from '#src/lib/app-error.ts';

const maxLineBytes = 8 * 1024 * 1024;
/** A program may log a line on its standard output by mistake; one that does nothing else speaks no MCP. */
const maxStrangeLines = 1_000;

/**
 * Takes MCP messages out of what a program writes: one a line. Lines that are none are passed over.
 * `push` throws AppErrors: `response-too-large` for a line of more than 8 MB, `not-mcp` for too many that are no messages.
 */
export function messageLines(): { push(chunk: Buffer): JSONRPCMessage[] } {
  let rest: Buffer[] = [];
  let restBytes = 0;
  let strange = 0;
  const parsed = (line: Buffer): JSONRPCMessage[] => {
    const text = line.toString('utf8').trim();
    if (text === '') return [];
    try {
      return [deserializeMessage(text)];
    } catch {
      if (++strange > maxStrangeLines) throw notMcp(text);
      return [];
    }
  };
  return {
    push: (chunk) => {
      const messages: JSONRPCMessage[] = [];
      let from = 0;
      for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
        messages.push(...parsed(Buffer.concat([...rest, chunk.subarray(from, end)])));
        rest = [];
        restBytes = 0;
        from = end + 1;
      }
      if (from < chunk.length) rest.push(chunk.subarray(from));
      restBytes += chunk.length - from;
      if (restBytes > maxLineBytes) throw tooLarge();
      return messages;
    },
  };
}

const tooLarge = () =>
  new AppError('response-too-large', `The program wrote a message larger than ${maxLineBytes / 1024 / 1024} MB.`, {
    hint: 'Ask for less: a filter, a page, fewer fields.',
  });
const notMcp = (line: string) =>
  new AppError('not-mcp', 'The program answers, but not MCP.', {
    hint: 'Check the command and its arguments: many servers need one, such as `stdio`.',
    raw: line.slice(0, 200),
  });
