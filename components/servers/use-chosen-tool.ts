import { useRef, useState } from 'react';
import type { ActionResult, Problem } from '#src/lib/action-result.ts';
import type { KnownTool } from '#src/lib/mcp/listed-tool.ts';

type Look = { name: string; tool: KnownTool | null; problem: Problem | null };

export type ChosenTool = {
  name: string | null;
  /** Null while it is read, or when it cannot be. */
  tool: KnownTool | null;
  problem: Problem | null;
  choose: (name: string) => void;
  /** Reads the chosen tool once more: it was tried, or its server was checked. */
  lookAgain: () => void;
};

/** The tool that is looked at; what the list leaves out of it comes when it is chosen. `first` came with the page. */
export function useChosenTool(
  first: KnownTool | null,
  readTool: (tool: string) => Promise<ActionResult<KnownTool>>,
): ChosenTool {
  const firstName = first?.definition.name ?? null;
  const [name, setName] = useState(firstName);
  const [look, setLook] = useState<Look | null>(null);
  const wanted = useRef(name);
  const read = async (tool: string) => {
    const answer = await readTool(tool).catch(notReached);
    // A slow answer must not take the place of one that was asked for later, nor a failure that of what is known.
    if (wanted.current !== tool) return;
    if (answer.ok) setLook({ name: tool, tool: answer.value, problem: null });
    else setLook((now) => (now?.name === tool && now.tool ? now : { name: tool, tool: null, problem: answer.problem }));
  };
  const seen = look?.name === name ? look : null;
  return {
    name,
    tool: seen?.tool ?? (name === firstName ? first : null),
    problem: seen?.problem ?? null,
    choose: (tool) => {
      wanted.current = tool;
      setName(tool);
      void read(tool);
    },
    lookAgain: () => {
      if (name !== null) void read(name);
    },
  };
}

const notReached = (): { ok: false; problem: Problem } => ({
  ok: false,
  problem: { code: 'not-reached', message: 'Patchbay was not reached.', hint: 'Choose the tool once more.' },
});
