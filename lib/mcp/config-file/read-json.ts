/**
 * JSON as people write it into configuration files: comments and trailing commas are allowed, as editors allow them. Throws
 * SyntaxError.
 */
export function readJson(text: string): unknown {
  const plain = text.replace(/^\ufeff/, '');
  try {
    return JSON.parse(plain);
  } catch {
    return JSON.parse(withoutCommas(withoutComments(plain)));
  }
}

/** Strings are matched first, so that nothing inside them is taken for a comment. */
const withoutComments = (text: string): string =>
  text.replace(/"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (part) => (part.startsWith('"') ? part : ' '));

const withoutCommas = (text: string): string =>
  text.replace(/"(?:[^"\\\n]|\\.)*"|,(?=\s*[}\]])/g, (part) => (part.startsWith('"') ? part : ''));
