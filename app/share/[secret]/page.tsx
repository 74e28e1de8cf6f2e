import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { momentOf, type SearchParams } from '#src/app/moment-of.ts';
import { orNotFound } from '#src/app/or-not-found.ts';
import { openOrNotFound } from '#src/app/share/[secret]/open-or-not-found.ts';
import { SharedCallPage } from '#src/components/share/shared-call-page.tsx';
import { noteShareLook } from '#src/server/links/share-opening.ts';
import { readSharedCall } from '#src/server/links/share-reading.ts';

export const metadata: Metadata = {
  title: 'Shared call',
  robots: { index: false, follow: false },
  referrer: 'no-referrer',
};

type Props = {
  params: Promise<{ secret: string }>;
  searchParams: Promise<SearchParams>;
};

export default async function SharePage({ params, searchParams }: Props) {
  const { secret } = await params;
  const opened = await openOrNotFound(secret);
  const call = await orNotFound(readSharedCall(opened.teamId, opened.link));
  await noteShareLook(opened, 'page', await headers());
  return (
    <SharedCallPage
      call={call}
      address={`/share/${encodeURIComponent(secret)}`}
      moment={momentOf(await searchParams)}
    />
  );
}
