import type { TimedWord } from '#src/lib/recording/word-times.ts';
import { visibleText } from '#src/lib/visible-text.ts';

/** Part of what was said, word by word where it can be heard: each carries its moment for whoever clicks it. */
export function SpokenWords(props: { text: string; from: number; to: number; words: readonly TimedWord[] }) {
  const { text, from, to } = props;
  const words = props.words.filter((word) => word.from >= from && word.from < to);
  if (words.length === 0) return visibleText(text.slice(from, to));
  return (
    <>
      {visibleText(text.slice(from, words[0]?.from ?? to))}
      {words.map((word, index) => (
        <span key={word.from}>
          <span data-heard-at={word.at} className="hover:bg-accent-soft hover:text-accent">
            {visibleText(text.slice(word.from, Math.min(to, word.to)))}
          </span>
          {visibleText(text.slice(Math.min(to, word.to), words[index + 1]?.from ?? to))}
        </span>
      ))}
    </>
  );
}

/** The moment of the word that was clicked, ms; null beside the words. */
export function clickedMoment(target: EventTarget): number | null {
  const word = target instanceof Element ? target.closest('[data-heard-at]') : null;
  return word instanceof HTMLElement ? Number(word.dataset.heardAt) : null;
}
