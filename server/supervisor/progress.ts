const width = 24;
const redrawMs = 200;

export type Progress = {
  /** A line of its own, above the bar. */
  say: (line: string) => void;
  /** Runs one step: a line when it is done, a bar while it takes long. `expectedMs` only shapes the bar. */
  step: <T>(name: string, expectedMs: number, work: () => Promise<T>) => Promise<T>;
};

/** Tells a person how far a start is. On a terminal a moving bar, in a log one line a step. */
export function startProgress(out: NodeJS.WriteStream, stopping: () => boolean): Progress {
  const running = new Map<string, { from: number; expectedMs: number }>();
  let drawn = false;
  const clear = () => {
    if (drawn) out.write('\r\x1b[2K');
    drawn = false;
  };
  const draw = () => {
    clear();
    const [slowest] = [...running].sort(([, a], [, b]) => b.expectedMs - a.expectedMs);
    if (!slowest || !out.isTTY) return;
    const [name, { from, expectedMs }] = slowest;
    const elapsed = Date.now() - from;
    if (elapsed < 700) return;
    // Nears its end without reaching it: how long it will take is only expected.
    const done = Math.round(width * (1 - Math.exp((-2 * elapsed) / expectedMs)));
    out.write(`  ${'━'.repeat(done)}${'─'.repeat(width - done)} ${name}, ${Math.round(elapsed / 1000)} s`);
    drawn = true;
  };
  const say = (line: string) => {
    clear();
    out.write(`${line}\n`);
    draw();
  };
  return {
    say,
    async step(name, expectedMs, work) {
      const from = Date.now();
      running.set(name, { from, expectedMs });
      const timer = setInterval(draw, redrawMs);
      try {
        const result = await work();
        running.delete(name);
        if (!stopping()) say(`  ✓ ${name.padEnd(22)} ${((Date.now() - from) / 1000).toFixed(1)} s`);
        return result;
      } catch (error) {
        running.delete(name);
        say(`  ✕ ${name}`);
        throw error;
      } finally {
        clearInterval(timer);
      }
    },
  };
}
