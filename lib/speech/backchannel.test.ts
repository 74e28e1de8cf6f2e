import { expect, test } from 'vitest';
import { backchannels, isBackchannel } from '#src/lib/speech/backchannel.ts';

test('sounds of a listener are told from words', () => {
  for (const sound of [...backchannels, 'Mm-hm.', 'Uh-huh!', 'hmm hmm']) expect(isBackchannel(sound), sound).toBe(true);
  for (const words of ['yes', 'uh yes', 'hm two margheritas', '', 'no', 'huh what'])
    expect(isBackchannel(words), words).toBe(false);
});
