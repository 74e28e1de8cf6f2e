const oneVisitMs = 10 * 60_000;
const mostVisits = 10_000;

const visits = new Map<string, number>();

/** True for the first opening of a link by an address in ten minutes. What is known of it is gone with the process. */
export function isNewVisit(linkId: string, address: string, nowMs = Date.now()): boolean {
  const visit = `${linkId} ${address}`;
  const before = visits.get(visit);
  if (before !== undefined && nowMs - before < oneVisitMs) return false;
  visits.delete(visit);
  visits.set(visit, nowMs);
  const [oldest] = visits.keys();
  if (visits.size > mostVisits && oldest !== undefined) visits.delete(oldest);
  return true;
}
