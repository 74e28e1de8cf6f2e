import { parentPort } from 'node:worker_threads';

/**
 * The thread's side of `EngineThread`: answers in order of arrival, and says first that it is ready. Returns a way to put
 * other work in line.
 */
export function answerQuestions<Question, Reply extends object>(
  work: (message: Question) => Promise<Reply> | Reply,
  afterEach: () => void = () => {},
): (work: () => Promise<void>) => Promise<void> {
  const port = parentPort;
  if (!port) throw new Error('This file runs as a thread only.');
  let line = Promise.resolve();
  port.on('message', ({ id, message }: { id?: number; message: Question }) => {
    line = line.then(async () => {
      try {
        const reply = await work(message);
        if (id !== undefined) port.postMessage({ id, ...reply });
      } catch (error) {
        if (id !== undefined) port.postMessage({ id, error: error instanceof Error ? error.message : String(error) });
      }
      afterEach();
    });
  });
  port.postMessage({ ready: true });
  return (other) => {
    line = line.then(other, other);
    return line;
  };
}
