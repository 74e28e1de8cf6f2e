'use client';
import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { type FollowUpActions, FollowUpRow } from '#src/components/follow-ups/follow-up-row.tsx';
import type { FollowUp } from '#src/lib/follow-ups/follow-up.ts';

/** On the page of a call: what a person has to do because it could not. */
export function FollowUpCard(props: {
  followUps: FollowUp[];
  /** How many its log knows of: the page was rendered before the newest came. */
  made: number;
  mayFinish: boolean;
  actions: FollowUpActions;
}) {
  const router = useRouter();
  const { made } = props;
  const rendered = useRef(made);
  useEffect(() => {
    if (made > rendered.current) router.refresh();
    rendered.current = made;
  }, [made, router]);
  if (props.followUps.length === 0) return null;
  const open = props.followUps.filter((one) => one.doneAt === null).length;
  return (
    <section aria-label="To follow up" className="thin-scroll max-h-40 flex-none overflow-auto border-t border-line">
      <h2 className="px-5 pt-2 text-sm font-med text-ink-2 phone:px-4">
        To follow up{open > 0 ? `, ${open} open` : ', all done'}
      </h2>
      <ul>
        {props.followUps.map((one) => (
          <FollowUpRow key={one.id} followUp={one} mayFinish={props.mayFinish} actions={props.actions} />
        ))}
      </ul>
    </section>
  );
}
