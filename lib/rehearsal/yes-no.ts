/** A yes with nothing beside it: `yes, but …` is none. */
export function isPlainYes(texts: readonly string[]): boolean {
  return isYes(texts) === true && texts.every((text) => yesWords.has(text));
}

const yesWords = new Set(
  (
    'yes yeah yep yup sure okay ok correct right exactly absolutely definitely certainly of course go ahead do it that sounds good fine perfect confirm ' +
    "confirmed please that's is and thanks thank you i it's the a great all now so this very much am want would like to well oh uh um hello"
  ).split(' '),
);

/** Yes, no, or neither. */
export function isYes(texts: readonly string[]): boolean | null {
  const said = ` ${texts.join(' ')} `;
  if (/ (?:no|nope|nah|not|don't|never|wrong|incorrect|negative) /.test(said)) return false;
  if (
    / (?:yes|yeah|yep|yup|sure|okay|ok|correct|right|exactly|absolutely|definitely|certainly|of course|go ahead|do it|do that|sounds good|that's fine|perfect|confirm|confirmed|please do) /.test(
      said,
    )
  )
    return true;
  return null;
}
