import Link from 'next/link';
import type { ChecklistStep } from '#src/components/assistants/checklist.tsx';
import type { ServerWithTools } from '#src/components/assistants/tools-section.tsx';
import { LocalTime } from '#src/components/ui/local-time.tsx';
import type { Assistant, AssistantConfig } from '#src/lib/assistants/assistant-config.ts';
import { counted } from '#src/lib/time-words.ts';

/** How far an assistant is on its way to callers. */
export function checklistSteps(o: {
  config: AssistantConfig;
  servers: ServerWithTools[];
  lastCallAt: string | null;
  assistant: Assistant;
  changes: number;
}): ChecklistStep[] {
  const lines = o.config.instructions.split('\n').filter((line) => line.trim() !== '').length;
  const connected = o.servers.filter((server) => server.state === 'passed').length;
  const on = o.config.tools.reduce((sum, entry) => sum + entry.tools.length, 0);
  const publishedVersion = o.assistant.publishedVersion;
  return [
    { done: lines > 0, words: `Say what ${o.config.name} should do`, note: lines > 0 ? counted(lines, 'line') : '' },
    { done: connected > 0, words: 'Connect a server', note: connected > 0 ? `${connected} connected` : '' },
    {
      done: on > 0,
      words: `Switch on the tools ${o.config.name} may use`,
      note:
        on > 0 ? (
          `${on} on`
        ) : (
          <a href="#tools" className="link">
            Choose tools
          </a>
        ),
    },
    {
      done: o.lastCallAt !== null,
      words: 'Make a test call',
      note:
        o.lastCallAt === null ? (
          ''
        ) : (
          <Link href={`/calls?assistantId=${o.assistant.id}`} className="link">
            <LocalTime at={o.lastCallAt} />
          </Link>
        ),
    },
    {
      done: publishedVersion !== null && o.changes === 0,
      words: 'Publish',
      note: publishedVersion === null ? '' : `v${publishedVersion}${o.changes === 0 ? '' : ' is out'}`,
    },
  ];
}
