import Link from 'next/link';

/** Leads from the calls to what is left to do after them. */
export function FollowUpsLink({ open }: { open: number }) {
  return (
    <Link href="/calls/follow-ups" className="link text-sm">
      {open > 0 ? `${open} to follow up` : 'To follow up'}
    </Link>
  );
}
