import { RotateCw } from 'lucide-react';
import { exchangesOf } from '#src/components/evidence/tool-messages.tsx';
import { commandOf, curlOf } from '#src/components/tools/copy-forms.ts';
import { ButtonLink } from '#src/components/ui/button.tsx';
import { CopyButton } from '#src/components/ui/copy-button.tsx';
import type { ToolCall } from '#src/lib/calls/call-item.ts';

/** What can be done with a tool call that was made: the same again by hand, in the shell or in the inspector [K13]. */
export function ToolActs({ call, callId }: { call: ToolCall; callId: string }) {
  const sent = exchangesOf(call).findLast(({ request }) => request.method !== 'STDIN');
  const again = new URLSearchParams({ tool: call.tool, call: callId, toolCall: call.id });
  return (
    <div className="flex flex-wrap items-center gap-2">
      <ButtonLink href={`/servers/${encodeURIComponent(call.serverId)}?${again}`} size="sm">
        <RotateCw size={13} aria-hidden="true" /> Try again in the inspector
      </ButtonLink>
      {sent && <CopyButton text={curlOf(sent)} label="Copy as curl" />}
      <CopyButton text={commandOf(call.serverId, call.tool, call.arguments)} label="Copy as command" />
    </div>
  );
}
