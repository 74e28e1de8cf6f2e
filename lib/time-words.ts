/** `00:33`, `-00:02`, `1:02:03`: a place on the call's clock. */
export function clockTime(ms: number): string {
  const seconds = Math.floor(Math.abs(ms) / 1000);
  const two = (n: number) => String(n).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const text = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return `${ms <= -1000 ? '-' : ''}${hours > 0 ? `${hours}:` : ''}${text}`;
}

/** `4 ms`, `893 ms`, `2.61 s`, `30 s`, `1 min 29 s`: how long something took. */
export function durationWords(ms: number): string {
  if (ms > 0 && ms < 1) return '<1 ms';
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 10_000) return `${(ms / 1000).toFixed(2)} s`;
  if (ms < 60_000) return `${Number((ms / 1000).toFixed(1))} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}

/** `1 turn`, `3 turns`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}
