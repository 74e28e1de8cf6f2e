import { watch } from 'node:fs';
import path from 'node:path';
import type { Child } from '#src/server/supervisor/child.ts';

const settleMs = 300;

/** For `npm run dev`: starts our programs again when their sources change. The web app's own server watches by itself. */
export function restartOnChange(root: string, children: () => Child[]): void {
  let timer: NodeJS.Timeout | undefined;
  for (const folder of ['server', 'lib', 'demo'])
    watch(path.join(root, folder), { recursive: true }, (_event, file) => {
      if (!file?.endsWith('.ts') || file.endsWith('.test.ts')) return;
      clearTimeout(timer);
      timer = setTimeout(() => {
        for (const child of children()) child.restart();
      }, settleMs);
    });
}
