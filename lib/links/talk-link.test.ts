import { expect, test } from 'vitest';
import type { Link } from '#src/lib/links/link.ts';
import { talkLimits, talkLinkState } from '#src/lib/links/talk-link.ts';

const link: Link = {
  id: 'link_1',
  kind: 'talk',
  subjectId: 'asst_1',
  name: 'Anna',
  options: { calls: 3 },
  uses: 2,
  createdBy: 'Ines',
  createdAt: '2026-11-21T10:00:00Z',
  expiresAt: '2026-11-22T10:00:00Z',
  revokedAt: null,
};
const now = Date.parse('2026-11-21T12:00:00Z');

test('a tester link works until it was taken back, has expired or is used up; the strongest reason is told', () => {
  expect(talkLinkState(link, now)).toBe('works');
  expect(talkLinkState({ ...link, uses: 3 }, now)).toBe('used-up');
  expect(talkLinkState({ ...link, uses: 3 }, Date.parse(link.expiresAt))).toBe('expired');
  expect(talkLinkState({ ...link, uses: 3, revokedAt: link.createdAt }, Date.parse(link.expiresAt))).toBe('taken-back');
});

test('limits that were not set are the usual ones', () => {
  expect(talkLimits(link)).toEqual({ calls: 3, atOnce: 2 });
  expect(talkLimits({ options: {} })).toEqual({ calls: 20, atOnce: 2 });
});
