/** The time of day in the shape that a schema wants: `20:00`, `20:00:00` or, for JSON Schema's `time`, with an offset. */
export function timeOf(time: string, wanted: { pattern: string | null; full: boolean }): string {
  const shapes = wanted.full ? [`${time}:00Z`, `${time}:00`, time] : [time, `${time}:00`, `${time}:00Z`];
  return firstFitting(shapes, wanted.pattern);
}

/** Day and time, of this machine's zone, as RFC 3339. */
export function momentOf(day: string, time: string, pattern: string | null): string {
  const moment = new Date(`${day}T${time}:00`);
  const utc = Number.isNaN(moment.getTime()) ? `${day}T${time}:00Z` : moment.toISOString().replace('.000', '');
  return firstFitting([utc, `${day}T${time}:00`, `${day} ${time}:00`, `${day}T${time}`, `${day} ${time}`], pattern);
}

/** Does a value fit a server's pattern? A pattern that could take for ever, or is none, is left to the server. */
export function fits(value: string, pattern: string | null): boolean {
  if (pattern === null || pattern.length > 600) return true;
  // Repetition of a group that repeats inside can take exponential time.
  if (/[+*}]\)[+*{]/.test(pattern)) return true;
  try {
    return new RegExp(pattern, 'u').test(value.slice(0, 80));
  } catch {
    return true;
  }
}

export function firstFitting(shapes: readonly string[], pattern: string | null): string {
  return shapes.find((shape) => fits(shape, pattern)) ?? shapes[0] ?? '';
}
