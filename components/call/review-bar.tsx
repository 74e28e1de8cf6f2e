'use client';
import { Strip } from '#src/components/call/strip.tsx';
import { Button, ButtonLink } from '#src/components/ui/button.tsx';
import { Glyph } from '#src/components/ui/glyph.tsx';
import { Kbd } from '#src/components/ui/kbd.tsx';
import type { Problem } from '#src/lib/action-result.ts';

/** The bar of a call that this browser only looks at. */
export function ReviewBar(props: {
  live: boolean;
  mine: boolean;
  problem: Problem | null;
  onJoin: () => void;
  assistantId: string;
}) {
  return (
    <section aria-label="About this page" className="flex-none border-t border-line bg-bg">
      {props.live && props.mine && (
        <Strip
          tone="waiting"
          act={
            <Button size="sm" kind="primary" onClick={props.onJoin}>
              Join again
            </Button>
          }
        >
          {props.problem ? (
            <>
              <b className="font-med">{props.problem.message}</b> {props.problem.hint}
            </>
          ) : (
            'The call goes on, but this browser is not in it.'
          )}
        </Strip>
      )}
      <div className="flex items-center gap-2.5 px-5 py-[7px] text-sm text-ink-3 phone:hidden">
        {props.live ? (
          'You are watching. The caller does not notice.'
        ) : (
          <>
            <Glyph kind="ok" label={false} /> The transcript and the tool log are kept.
            <ButtonLink href={`/assistants/${props.assistantId}`} kind="ghost" size="sm">
              Open the assistant
            </ButtonLink>
          </>
        )}
        <span className="flex-1" />
        <span className="flex items-center gap-1.5">
          <Kbd>J</Kbd>
          <Kbd>K</Kbd> next, previous item <Kbd>[</Kbd>
          <Kbd>]</Kbd> tool calls <Kbd>?</Kbd> all keys
        </span>
      </div>
    </section>
  );
}
