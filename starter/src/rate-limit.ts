/** Makes a limit of so many requests in a minute for each name; `take` answers 0, or the seconds to wait. */
export function rateLimit(perMinute: number, now: () => number = Date.now): { take: (name: string) => number } {
  const buckets = new Map<string, { left: number; at: number }>();
  return {
    take: (name) => {
      if (buckets.size > 10_000) buckets.clear();
      const bucket = buckets.get(name) ?? { left: perMinute, at: now() };
      const left = Math.min(perMinute, bucket.left + ((now() - bucket.at) / 60_000) * perMinute);
      const taken = left >= 1;
      buckets.set(name, { left: taken ? left - 1 : left, at: now() });
      return taken ? 0 : Math.ceil(((1 - left) / perMinute) * 60);
    },
  };
}
