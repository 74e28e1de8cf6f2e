import { useDeferredValue, useMemo, useRef, useState } from 'react';
import type { ActionResult } from '#src/lib/action-result.ts';
import type { ListedTool } from '#src/lib/mcp/listed-tool.ts';

type ToolFilter = {
  text: string;
  setText: (text: string) => void;
  shown: ListedTool[];
  /** Call when the field is entered: what the list leaves out of long descriptions is found from then on. */
  prepare: () => void;
};

/** The tools that have the filter's text in their name, title or description. */
export function useToolFilter(
  tools: ListedTool[],
  readLong: () => Promise<ActionResult<Record<string, string>>>,
): ToolFilter {
  const [text, setText] = useState('');
  const [long, setLong] = useState<ReadonlyMap<string, string>>(noWords);
  const asked = useRef(false);
  const wanted = useDeferredValue(text.trim().toLowerCase());
  const shown = useMemo(
    () => (wanted === '' ? tools : tools.filter((tool) => searchText(tool, long).includes(wanted))),
    [tools, long, wanted],
  );
  const prepare = async () => {
    if (asked.current || !tools.some(({ cut }) => cut)) return;
    asked.current = true;
    const answer = await readLong().catch(() => null);
    if (answer?.ok) setLong(new Map(Object.entries(answer.value)));
    else asked.current = false;
  };
  return { text, setText, shown, prepare: () => void prepare() };
}

const noWords: ReadonlyMap<string, string> = new Map();

const searchText = ({ definition: { name, title, description } }: ListedTool, long: ReadonlyMap<string, string>) =>
  `${name} ${title ?? ''} ${long.get(name) ?? description ?? ''}`.toLowerCase();
