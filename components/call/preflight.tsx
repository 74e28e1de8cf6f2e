import { type CallSession, type CheckName, checkNames } from '#src/components/call/session-state.ts';
import { Glyph } from '#src/components/ui/glyph.tsx';

const words: Record<CheckName, string> = {
  permission: 'Microphone allowed',
  device: 'Microphone found',
  level: 'Sound comes in',
  livekit: 'Call server reached',
  agent: 'Agent joined',
};

/** What has to be right for a call, in the order it is found out; names what is not. `names`: only these. */
export function Preflight({ session, names = checkNames }: { session: CallSession; names?: readonly CheckName[] }) {
  return (
    <ul aria-label="Before the call" className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
      {names.map((name) => {
        const check = session.checks[name];
        return (
          <li key={name} className="inline-flex items-center gap-1.5" title={check.note}>
            <Glyph kind={check.state === 'ok' ? 'ok' : check.state === 'failed' ? 'failed' : 'running'} />
            <span className={check.state === 'failed' ? 'text-fail' : 'text-ink-2'}>{words[name]}</span>
          </li>
        );
      })}
    </ul>
  );
}
