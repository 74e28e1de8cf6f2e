/** An error as it may travel to the browser: no cause, no stack. */
export type Problem = { code: string; message: string; hint?: string | undefined; raw?: string | undefined };

/** What a server action answers; a thrown error would lose its words on the way to the browser. */
export type ActionResult<T = null> = { ok: true; value: T } | { ok: false; problem: Problem };
