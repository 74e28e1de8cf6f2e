'use client';
import { useState } from 'react';
import { TryTool } from '#src/components/tools/try-tool.tsx';
import { Segmented } from '#src/components/ui/segmented.tsx';
import type { Exchange } from '#src/lib/mcp/exchange.ts';
import { rawTools } from '#src/lib/mcp/rest-raw-tools.ts';

/** A query or an action of one's own, to a server of the plain REST dialect. Assistants have these only where an admin said so. */
export function RawRequests(props: {
  serverId: string;
  onExchange: (exchange: Exchange) => void;
  onTried: () => void;
}) {
  const [name, setName] = useState('query');
  const definition = rawTools.find((tool) => tool.name === name);
  return (
    <div className="thin-scroll max-w-[620px] overflow-auto py-3.5">
      <div className="px-4">
        <Segmented
          label="Kind of request"
          value={name}
          choices={[
            { value: 'query', label: 'Query' },
            { value: 'action', label: 'Action' },
          ]}
          onChange={setName}
        />
        {definition && <p className="mt-2 text-ink-2">{definition.description}</p>}
      </div>
      {definition && (
        <TryTool key={name} {...props} definition={definition} effect={name === 'query' ? 'read' : 'write'} />
      )}
    </div>
  );
}
