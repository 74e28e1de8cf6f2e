'use client';
import { Section } from '#src/components/assistants/section.tsx';
import { Switch } from '#src/components/ui/switch.tsx';
import type { AssistantConfig } from '#src/lib/assistants/assistant-config.ts';

/** Whether the sound of calls is kept. */
export function RecordingSection(props: {
  config: AssistantConfig;
  change: (part: { [K in keyof AssistantConfig]?: AssistantConfig[K] }) => void;
  readOnly: boolean;
}) {
  const { recording } = props.config;
  return (
    <Section title="Recording" hint="The sound of calls, to listen to afterwards and to measure waits by.">
      <div className="flex min-h-(--ctl) items-center gap-2.5">
        <Switch
          checked={recording}
          onChange={(on) => props.change({ recording: on })}
          label="Record calls"
          disabled={props.readOnly}
        />
        <span>
          {recording ? 'Calls are recorded.' : 'Calls are not recorded; the transcript is kept all the same.'}
        </span>
      </div>
    </Section>
  );
}
