/** One line of JSON an event: names, numbers and states. Never keys, and never the arguments of a tool: they are a caller's words. */
export function log(event: string, fields: Record<string, string | number | boolean | undefined> = {}): void {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), event, ...fields })}\n`);
}
