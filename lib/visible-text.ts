/**
 * Text from outside, made safe to look at: control characters and marks that hide or turn text round are written out
 * as `⟨U+202E⟩`, so that a payload cannot pretend to be something else. Line breaks and tabs stay.
 */
export function visibleText(text: string): string {
  return text.replace(
    hidden,
    (mark) => `⟨U+${(mark.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`,
  );
}

// C0 and C1 controls without tab and line feed, soft hyphen, zero width space, bidi marks and overrides, line separators, tags, lone
// surrogates, fillers that look like nothing, variation selectors but the one of emoji. Joiners stay: emoji and several scripts
// are written with them.
const hidden =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must be seen
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]|\u034f|\u17b4|\u17b5|[\u180b-\u180d]|\u180f|[\ufe00-\ufe0e]|[\u{e0000}-\u{e01ef}]|\p{Surrogate}/gu;
