'use client';
import { useSyncExternalStore } from 'react';
import { useHotkeys } from '#src/components/shell/hotkeys.ts';
import { Dialog } from '#src/components/ui/dialog.tsx';
import { Kbd } from '#src/components/ui/kbd.tsx';

const keys: [string, string][] = [
  ['T', 'Test call'],
  ['M', 'Mute and unmute'],
  ['L', 'Jump to live'],
  ['space', 'Play the recording, pause'],
  ['J K', 'Next, previous item or row'],
  ['[ ]', 'Previous, next tool call'],
  ['E', 'Next problem'],
  ['← →', 'One second back, forward (shift: five)'],
  ['+ −', 'Closer, further on the timeline'],
  [', .', 'Move the timeline back, forward'],
  ['C', 'Copy link to this moment'],
  ['/', 'Search'],
  ['?', 'This list'],
];

let open = false;
const listeners = new Set<() => void>();

/** Shows the list of keys from anywhere in the shell. */
export function showKeyboardHelp(show: boolean): void {
  open = show;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function KeyboardHelp() {
  const shown = useSyncExternalStore(
    subscribe,
    () => open,
    () => false,
  );
  useHotkeys({ '?': () => showKeyboardHelp(true) });
  return (
    <Dialog open={shown} onOpenChange={showKeyboardHelp} title="Keys">
      <dl className="grid grid-cols-[96px_1fr] items-center gap-x-3 gap-y-2">
        {keys.map(([key, does]) => (
          <div key={key} className="contents">
            <dt className="flex gap-1">
              <span className="sr-only">{key}</span>
              {key.split(' ').map((one) => (
                <Kbd key={one}>{one}</Kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
