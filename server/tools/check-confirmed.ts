import { refuse } from '#src/server/tools/report-failure.ts';
import type { ToolOutcome } from '#src/server/tools/tool-outcome.ts';
import type { ReadyStep } from '#src/server/tools/tool-step.ts';

/** A step of writes: whoever has to say yes has said it, or nothing is sent. The model has no say in it (V13). */
export async function checkConfirmed(step: ReadyStep, send: () => Promise<ToolOutcome>): Promise<ToolOutcome> {
  const { confirmation } = step.tool.policy;
  const { release } = step.request;
  const needsCaller = confirmation === 'caller' || confirmation === 'caller-then-operator';
  const needsOperator = confirmation === 'operator' || confirmation === 'caller-then-operator';
  if ((needsCaller && !release?.caller) || (needsOperator && !release?.operator))
    return refuse(step, 'not-confirmed', 'Nobody has said yes to it, so nothing was sent.');
  return send();
}
