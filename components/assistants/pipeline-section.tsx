'use client';
import { HearVoice } from '#src/components/assistants/hear-voice.tsx';
import { type CheckStep, PipelineStepBox } from '#src/components/assistants/pipeline-step.tsx';
import { Section } from '#src/components/assistants/section.tsx';
import { Select } from '#src/components/ui/field.tsx';
import { type AssistantConfig, rehearsalVoices } from '#src/lib/assistants/assistant-config.ts';
import type { Provider } from '#src/lib/providers/provider.ts';

const voiceWords: Record<AssistantConfig['voice'], string> = {
  slt: 'slt, a woman, American',
  rms: 'rms, a man, American',
  awb: 'awb, a man, Scottish',
  kal: 'kal, a robot',
};

/** Hears, thinks, speaks: each on this machine or at a provider. */
export function PipelineSection(props: {
  config: AssistantConfig;
  change: (part: { [K in keyof AssistantConfig]?: AssistantConfig[K] }) => void;
  providers: Provider[];
  readOnly: boolean;
  check: CheckStep;
}) {
  const { config, change } = props;
  const shared = { providers: props.providers, readOnly: props.readOnly, check: props.check };
  return (
    <Section title="Voice and model" hint="Each step adds to the wait. Rehearsal needs no account.">
      <div className="grid grid-cols-[1fr_44px_1fr_44px_1fr] items-stretch phone:grid-cols-1">
        <PipelineStepBox {...shared} part="hearing" step={config.hearing} onChange={(hearing) => change({ hearing })} />
        <CordBetween />
        <PipelineStepBox
          {...shared}
          part="thinking"
          step={config.thinking}
          onChange={(thinking) => change({ thinking })}
        />
        <CordBetween />
        <PipelineStepBox
          {...shared}
          part="speaking"
          step={config.speaking}
          onChange={(speaking) => change({ speaking })}
        >
          <Select
            aria-label="Voice"
            className="mt-2"
            value={config.voice}
            disabled={props.readOnly}
            onChange={(event) =>
              change({ voice: rehearsalVoices.find((voice) => voice === event.target.value) ?? config.voice })
            }
          >
            {rehearsalVoices.map((voice) => (
              <option key={voice} value={voice}>
                {voiceWords[voice]}
              </option>
            ))}
          </Select>
          <div className="mt-1 -ml-2">
            <HearVoice voice={config.voice} text={config.greeting || 'Hello, how can I help?'} />
          </div>
        </PipelineStepBox>
      </div>
    </Section>
  );
}

function CordBetween() {
  return (
    <svg
      viewBox="0 0 44 30"
      aria-hidden="true"
      className="h-[30px] w-full self-center overflow-visible phone:h-[26px] phone:w-11 phone:rotate-90 phone:justify-self-center"
    >
      <path d="M2 15C14 27 30 27 42 15" className="fill-none stroke-accent stroke-2" />
      <circle cx="0" cy="14" r="4" className="fill-surface stroke-accent stroke-[1.8]" />
      <circle cx="44" cy="14" r="4" className="fill-surface stroke-accent stroke-[1.8]" />
    </svg>
  );
}
