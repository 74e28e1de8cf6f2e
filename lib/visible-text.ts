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
// surrogates. Joiners stay: emoji and several scripts are written with them.
const hidden =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must be seen
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]|\p{Surrogate}/gu;
