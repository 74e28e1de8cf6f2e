'use client';
import { useRef, useState } from 'react';
import { z } from 'zod';
import { jsonLines } from '#src/components/ui/json-lines.ts';
import type { Problem } from '#src/lib/action-result.ts';
import {
  type Handshake,
  type HandshakeStep,
  type HandshakeStepName,
  handshakeSchema,
  handshakeStepNames,
  handshakeStepSchema,
} from '#src/lib/mcp/handshake.ts';

const lineSchema = z.union([
  z.object({ start: z.enum(handshakeStepNames) }),
  z.object({ step: handshakeStepSchema }),
  z.object({ done: handshakeSchema }),
  z.object({ error: z.object({ code: z.string(), title: z.string(), hint: z.string().optional() }) }),
]);

export type HandshakeRun = {
  running: boolean;
  /** The step that is being run, and since when (`performance.now()`). */
  current: { name: HandshakeStepName; since: number } | null;
  steps: HandshakeStep[];
  result: Handshake | null;
  problem: Problem | null;
};

/** Runs handshakes and shows each step as it begins and as it ends. A new run drops the one before it. */
export function useHandshake(before: Handshake | null) {
  const [run, setRun] = useState<HandshakeRun>({
    running: false,
    current: null,
    steps: before?.steps ?? [],
    result: before,
    problem: null,
  });
  const newest = useRef<AbortController | null>(null);

  const start = async (serverId: string): Promise<Handshake | null> => {
    newest.current?.abort();
    const mine = new AbortController();
    newest.current = mine;
    setRun({ running: true, current: null, steps: [], result: null, problem: null });
    let result: Handshake | null = null;
    try {
      const path = `/api/servers/${encodeURIComponent(serverId)}/handshake`;
      for await (const raw of jsonLines(path, { method: 'POST', signal: mine.signal })) {
        const line = lineSchema.parse(raw);
        if ('start' in line) setRun((now) => ({ ...now, current: { name: line.start, since: performance.now() } }));
        else if ('step' in line) setRun((now) => ({ ...now, current: null, steps: [...now.steps, line.step] }));
        else if ('done' in line) {
          result = line.done;
          setRun({ running: false, current: null, steps: line.done.steps, result: line.done, problem: null });
        } else
          setRun((now) => ({
            ...now,
            running: false,
            current: null,
            problem: { ...line.error, message: line.error.title },
          }));
      }
      if (!result) setRun((now) => ({ ...now, running: false, current: null }));
    } catch (error) {
      if (mine.signal.aborted) return null;
      setRun((now) => ({ ...now, running: false, current: null, problem: lost(error) }));
    }
    return result;
  };
  const cancel = () => {
    newest.current?.abort();
    setRun((now) => ({ ...now, running: false, current: null }));
  };
  return { run, start, cancel };
}

function lost(error: unknown): Problem {
  return {
    code: 'handshake-lost',
    message: 'The check was cut off.',
    hint: 'Patchbay itself did not answer. Try again.',
    raw: String(error),
  };
}
