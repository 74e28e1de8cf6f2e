'use client';
import { useRef, useState } from 'react';
import { z } from 'zod';
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
  /** The step that runs now. */
  step: HandshakeStepName | null;
  steps: HandshakeStep[];
  result: Handshake | null;
  problem: Problem | null;
};

/** Runs handshakes and shows each step as it is known. A new run drops the one before it. */
export function useHandshake(before: Handshake | null) {
  const [run, setRun] = useState<HandshakeRun>({
    running: false,
    step: null,
    steps: before?.steps ?? [],
    result: before,
    problem: null,
  });
  const current = useRef<AbortController | null>(null);

  const start = async (serverId: string): Promise<Handshake | null> => {
    current.current?.abort();
    const mine = new AbortController();
    current.current = mine;
    setRun({ running: true, step: null, steps: [], result: null, problem: null });
    let result: Handshake | null = null;
    try {
      for await (const line of lines(serverId, mine.signal)) {
        if ('start' in line) setRun((now) => ({ ...now, step: line.start }));
        else if ('step' in line) setRun((now) => ({ ...now, step: null, steps: [...now.steps, line.step] }));
        else if ('done' in line) {
          result = line.done;
          setRun({ running: false, step: null, steps: line.done.steps, result: line.done, problem: null });
        } else setRun((now) => ({ ...now, running: false, problem: { ...line.error, message: line.error.title } }));
      }
      if (!result) setRun((now) => ({ ...now, running: false }));
    } catch (error) {
      if (mine.signal.aborted) return null;
      setRun((now) => ({ ...now, running: false, problem: lost(error) }));
    }
    return result;
  };
  const cancel = () => {
    current.current?.abort();
    setRun((now) => ({ ...now, running: false }));
  };
  return { run, start, cancel };
}

async function* lines(serverId: string, signal: AbortSignal) {
  const response = await fetch(`/api/servers/${encodeURIComponent(serverId)}/handshake`, { method: 'POST', signal });
  if (!response.ok || !response.body) throw new Error(`HTTP ${response.status}`);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    const parts = `${rest}${value ?? ''}`.split('\n');
    rest = done ? '' : (parts.pop() ?? '');
    for (const part of parts) if (part.trim() !== '') yield lineSchema.parse(JSON.parse(part));
    if (done) return;
  }
}

function lost(error: unknown): Problem {
  return {
    code: 'handshake-lost',
    message: 'The check was cut off.',
    hint: 'Patchbay itself did not answer. Try again.',
    raw: String(error),
  };
}
