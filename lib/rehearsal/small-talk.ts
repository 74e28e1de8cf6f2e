import { isFiller, type Word } from '#src/lib/rehearsal/words.ts';

export type SmallTalk = 'greeting' | 'help' | 'repeat' | 'cancel' | 'thanks' | 'goodbye';

/** What every caller says that is no request for a tool; null when it is something else. */
export function smallTalk(words: readonly Word[]): SmallTalk | null {
  const said = ` ${words.map((word) => word.text).join(' ')} `;
  const content = words.filter((word) => !isFiller(word) && !polite.has(word.text)).length;
  for (const [kind, pattern, mostWords] of kinds) if (content <= mostWords && pattern.test(said)) return kind;
  return null;
}

const polite = new Set(['please', 'thanks', 'thank', 'much', 'very', 'kindly', 'all', 'today']);

const kinds: [SmallTalk, RegExp, number][] = [
  ['cancel', / (?:cancel|stop|never ?mind|forget it|forget that|abort|leave it|start over|no thanks) /, 1],
  ['help', / (?:help|what can you do|what can i (?:say|do|ask)|what do you do|who are you|options) /, 1],
  [
    'repeat',
    / (?:repeat|say that again|say it again|pardon|come again|what did you say|once more|one more time|what was that) /,
    1,
  ],
  [
    'goodbye',
    / (?:goodbye|good bye|bye|bye bye|see you|hang up|that is all|that's all|that will be all|have a nice day) /,
    2,
  ],
  ['thanks', / (?:thank|thanks|cheers|great|perfect|lovely|wonderful) /, 1],
  ['greeting', / (?:hello|hi|hey|good morning|good afternoon|good evening) /, 2],
];
