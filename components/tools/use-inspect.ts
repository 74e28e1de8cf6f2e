'use client';
import { useRef, useState } from 'react';
import { z } from 'zod';
import { jsonLines } from '#src/components/ui/json-lines.ts';
import type { Problem } from '#src/lib/action-result.ts';
import { type Exchange, exchangeSchema } from '#src/lib/mcp/exchange.ts';
import { type Inspected, type InspectRequest, inspectedSchema } from '#src/lib/mcp/inspect.ts';
import { jsonSchemaSchema } from '#src/lib/mcp/tool-definition.ts';

const questionSchema = z.object({ id: z.string(), message: z.string(), schema: jsonSchemaSchema });
const lineSchema = z.union([
  z.object({
    progress: z.object({
      message: z.string().optional(),
      progress: z.number().optional(),
      total: z.number().optional(),
    }),
  }),
  z.object({ question: questionSchema }),
  z.object({ exchange: exchangeSchema }),
  z.object({ done: inspectedSchema }),
  z.object({ error: z.object({ code: z.string(), title: z.string(), hint: z.string().optional() }) }),
]);

export type Question = z.infer<typeof questionSchema>;
export type Progress = { message?: string | undefined; progress?: number | undefined; total?: number | undefined };
export type InspectRun = {
  running: boolean;
  progress: Progress[];
  question: Question | null;
  done: Inspected | null;
  problem: Problem | null;
};

const idle: InspectRun = { running: false, progress: [], question: null, done: null, problem: null };

/** Asks a server something by hand and follows it: progress, questions of the server, the answer. A new request ends the one before. */
export function useInspect(serverId: string, onExchange?: (exchange: Exchange) => void) {
  const [run, setRun] = useState(idle);
  const current = useRef<AbortController | null>(null);

  const start = async (request: InspectRequest): Promise<Inspected | null> => {
    current.current?.abort();
    const mine = new AbortController();
    current.current = mine;
    setRun({ ...idle, running: true });
    let done: Inspected | null = null;
    try {
      const lines = jsonLines(`/api/servers/${encodeURIComponent(serverId)}/inspect`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(request),
        signal: mine.signal,
      });
      for await (const raw of lines) {
        const line = lineSchema.parse(raw);
        if ('progress' in line) setRun((now) => ({ ...now, progress: [...now.progress, line.progress] }));
        else if ('question' in line) setRun((now) => ({ ...now, question: line.question }));
        else if ('exchange' in line) onExchange?.(line.exchange);
        else if ('done' in line) {
          done = line.done;
          setRun((now) => ({ ...now, running: false, question: null, done: line.done }));
        } else setRun((now) => ({ ...now, running: false, problem: { ...line.error, message: line.error.title } }));
      }
      if (!done) setRun((now) => ({ ...now, running: false, question: null }));
    } catch (error) {
      if (mine.signal.aborted) return null;
      const problem = { code: 'cut-off', message: 'The request was cut off.', hint: 'Try again.', raw: String(error) };
      setRun((now) => ({ ...now, running: false, question: null, problem }));
    }
    return done;
  };

  const answer = async (action: 'accept' | 'decline', content?: Record<string, unknown>) => {
    const { question } = run;
    if (!question) return;
    setRun((now) => ({ ...now, question: null }));
    const sent = await fetch(
      `/api/v1/mcp-servers/${encodeURIComponent(serverId)}/questions/${encodeURIComponent(question.id)}`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ action, ...(content ? { content } : {}) }),
      },
    ).catch(() => null);
    if (!sent?.ok)
      setRun((now) => ({
        ...now,
        question,
        problem: { code: 'not-answered', message: 'The answer did not get through.', hint: 'Send it again.' },
      }));
  };

  const cancel = () => {
    current.current?.abort();
    setRun((now) => ({ ...now, running: false, question: null }));
  };
  const clear = () => setRun(idle);
  return { run, start, answer, cancel, clear };
}
