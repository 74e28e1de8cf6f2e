import { setTimeout as sleep } from 'node:timers/promises';
import { type Figure, spread } from '#src/bench/figure.ts';
import { openInstanceDatabase } from '#src/bench/instance-database.ts';
import { eventually, luigi, ofType, place } from '#src/e2e/harness/api.ts';
import { browserWithMicrophone, signIn } from '#src/e2e/harness/browser.ts';
import { joinSilently } from '#src/e2e/harness/silent-caller.ts';
import { state } from '#src/e2e/harness/state.ts';

const events = 150;
const everyMs = 100;
const otherWatchers = 20;

/** From just before the insert of an event until its row is drawn on the call's page, with twenty more watchers of the call. */
export async function watchers(): Promise<Figure[]> {
  const { appendCallEvent, close } = await openInstanceDatabase();
  const browser = await browserWithMicrophone();
  const stop = new AbortController();
  let leave = async () => {};
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    await signIn(context, page);
    const placed = await place({ assistantId: (await luigi()).id });
    const { id } = placed;
    leave = await joinSilently(placed);
    // The agent's start and the next warm process take both cores for some seconds; this is about a call that runs.
    await eventually(id, (log) => ofType(log, 'agent-speech-started').length > 0);
    await sleep(8_000);
    for (let i = 0; i < otherWatchers; i++) void watch(id, stop.signal);
    await page.goto(`${state().url}/calls/${id}`);
    await page.getByRole('region', { name: 'Transcript' }).waitFor();
    await page.evaluate(noteDrawn);
    await sleep(1_000);
    for (let i = 0; i < events; i++) {
      const now = performance.timeOrigin + performance.now();
      await appendCallEvent('team_demo', id, {
        id: `watched-${i}`,
        type: 'turn-committed',
        at: 60_000 + i * 100,
        data: { text: `bench ${now} end`, source: 'typed', confidence: null },
      });
      await sleep(everyMs);
    }
    await page.waitForFunction((wanted) => (window as unknown as { drawn: number[] }).drawn.length >= wanted, events);
    const drawn = await page.evaluate(() => (window as unknown as { drawn: number[] }).drawn);
    return [
      {
        name: `Event to screen, ${otherWatchers + 1} watchers`,
        value: spread(drawn, 1),
        expected: 'p95 ≤ 50 ms',
        how: `insert to the frame after its row is on the call's page in Chromium, ${1000 / everyMs} events/s`,
      },
    ];
  } finally {
    stop.abort();
    await leave();
    await browser.close();
    await close();
  }
}

async function watch(id: string, signal: AbortSignal): Promise<void> {
  try {
    const response = await fetch(`${state().url}/api/v1/calls/${id}/events`, {
      headers: { authorization: `Bearer ${state().token}`, accept: 'text/event-stream' },
      signal,
    });
    for await (const _ of response.body ?? []) void _;
  } catch {
    // Stopped when all is measured.
  }
}

/** Runs in the page: notes for each row that comes how old its text is once it is drawn. */
function noteDrawn() {
  const drawn: number[] = [];
  const seen = new Set<string>();
  Object.assign(window, { drawn });
  const transcript = document.querySelector('section[aria-label="Transcript"]');
  if (!transcript) throw new Error('there is no transcript');
  new MutationObserver(() => {
    // The newest is at the end; the whole of a long transcript is not searched for it. Rows stand in it without a space between.
    for (const found of (transcript.textContent ?? '').slice(-400).matchAll(/bench (\d+(?:\.\d+)?) end/g)) {
      const sent = found[1] ?? '';
      if (seen.has(sent)) continue;
      seen.add(sent);
      requestAnimationFrame(() => drawn.push(performance.timeOrigin + performance.now() - Number(sent)));
    }
  }).observe(transcript, { childList: true, subtree: true, characterData: true });
}
