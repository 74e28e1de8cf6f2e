import { expect, test, vi } from 'vitest';
import { Supervision } from '#src/server/agent/supervision.ts';

function supervised() {
  const told: { type: string; data: unknown }[] = [];
  let present: string[] = [];
  let now = 0;
  const supervision = new Supervision({
    events: { write: (type, data) => void told.push({ type, data }) },
    now: () => now,
    present: async () => present,
    everyMs: 5,
  });
  return {
    supervision,
    told,
    be: (identities: string[], at: number) => {
      present = identities;
      now = at;
    },
  };
}

test('who listens is told once, from when to when; who was given a place and never came is not [B11]', async () => {
  const { supervision, told, be } = supervised();
  supervision.expect('listener-1', 'Ada');
  supervision.expect('listener-2', 'Never');
  be(['caller', 'listener-1'], 1_000);
  await vi.waitFor(() => expect(told).toEqual([{ type: 'supervisor-joined', data: { name: 'Ada' } }]));
  be(['caller'], 4_000);
  await vi.waitFor(() => expect(told.at(-1)).toEqual({ type: 'supervisor-left', data: { name: 'Ada', ms: 3_000 } }));
  be(['caller'], 90_000);
  await new Promise((resolve) => setTimeout(resolve, 20));
  supervision.close();
  expect(told).toHaveLength(2);
});

test('who still listens at the end of the call leaves with it', async () => {
  const { supervision, told, be } = supervised();
  supervision.expect('listener-1', 'Ada');
  be(['listener-1'], 10);
  await vi.waitFor(() => expect(told).toHaveLength(1));
  supervision.close();
  expect(told.map(({ type }) => type)).toEqual(['supervisor-joined', 'supervisor-left']);
});

test('a whisper is an event and stands in the instructions, with the word that the caller must not notice [B11]', () => {
  const { supervision, told } = supervised();
  expect(supervision.paragraphs()).toEqual([]);
  supervision.whisper('Offer a free dessert.', 'Ada');
  expect(told).toEqual([{ type: 'supervisor-whispered', data: { name: 'Ada', text: 'Offer a free dessert.' } }]);
  expect(supervision.paragraphs().join()).toMatch(/never mention it[\s\S]*Supervisor: Offer a free dessert\./);
});
