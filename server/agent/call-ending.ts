import type { CallEnding } from '#src/server/calls/finish-call.ts';

/** The way a call ends, decided once: the first one wins. */
export type Ending = { readonly decided: Promise<CallEnding>; end(ending: CallEnding): void; readonly over: boolean };

export function createEnding(): Ending {
  const { promise, resolve } = Promise.withResolvers<CallEnding>();
  let over = false;
  return {
    decided: promise,
    get over() {
      return over;
    },
    end(ending) {
      over = true;
      resolve(ending);
    },
  };
}
