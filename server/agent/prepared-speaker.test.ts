import { expect, test } from 'vitest';
import { preparedSpeaker } from '#src/server/agent/prepared-speaker.ts';

const never = new AbortController().signal;

function speaker() {
  let works = true;
  const asked: string[] = [];
  const prepared = preparedSpeaker({
    sampleRate: 16_000,
    async *speak(text) {
      asked.push(text);
      if (!works) throw new Error('speech is down');
      yield new Int16Array(text.length);
    },
  });
  return { prepared, asked, breakIt: () => (works = false), mendIt: () => (works = true) };
}

test('what is ready is heard although speech is down', async () => {
  const { prepared, asked, breakIt } = speaker();
  await prepared.prepare(['Sorry.']);
  breakIt();
  expect((await Array.fromAsync(prepared.speak('Sorry.', never))).length).toBe(1);
  expect(asked).toEqual(['Sorry.']);
  await expect(Array.fromAsync(prepared.speak('Something else.', never))).rejects.toThrow('down');
});

test('what could not be prepared is made when it is needed', async () => {
  const { prepared, breakIt, mendIt } = speaker();
  breakIt();
  await prepared.prepare(['Sorry.']);
  mendIt();
  expect((await Array.fromAsync(prepared.speak('Sorry.', never))).length).toBe(1);
});

test('who asks while it is being prepared gets the same clip', async () => {
  const { prepared, asked } = speaker();
  const preparing = prepared.prepare(['Hello.']);
  await Array.fromAsync(prepared.speak('Hello.', never));
  await preparing;
  expect(asked).toEqual(['Hello.']);
});
