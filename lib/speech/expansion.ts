/** One alternative of a grammar rule, taken apart. */
export type Expansion =
  | { type: 'word'; word: string }
  | { type: 'rule'; name: string }
  | { type: 'sequence'; parts: Expansion[] }
  | { type: 'either'; options: Expansion[] }
  | { type: 'optional'; part: Expansion }
  | { type: 'repeat'; part: Expansion; least: 0 | 1 };

/** Reads a JSGF expansion: words, `<rules>`, `[optional]`, `(groups)`, `a | b`, `*` and `+`. Throws a SyntaxError on anything else. */
export function parseExpansion(source: string): Expansion {
  const tokens = source.match(/<[a-z][a-z0-9-]*>|[a-z][a-z'.-]*|[[\]()|*+]|\S/g) ?? [];
  let at = 0;
  const whole = either();
  if (at < tokens.length) throw new SyntaxError(`Unexpected ${tokens[at]} in a grammar.`);
  return whole;

  function either(): Expansion {
    const options = [sequence()];
    while (tokens[at] === '|') {
      at += 1;
      options.push(sequence());
    }
    const [only] = options;
    return only && options.length === 1 ? only : { type: 'either', options };
  }

  function sequence(): Expansion {
    const parts: Expansion[] = [];
    for (
      let token = tokens[at];
      token !== undefined && token !== '|' && token !== ']' && token !== ')';
      token = tokens[at]
    ) {
      parts.push(repeated(single(token)));
    }
    const [only] = parts;
    return only && parts.length === 1 ? only : { type: 'sequence', parts };
  }

  function single(token: string): Expansion {
    at += 1;
    if (token === '[') return { type: 'optional', part: closed(']') };
    if (token === '(') return closed(')');
    if (token.startsWith('<') && token.length > 2) return { type: 'rule', name: token.slice(1, -1) };
    if (/^[a-z]/.test(token)) return { type: 'word', word: token };
    throw new SyntaxError(`Unexpected ${token} in a grammar.`);
  }

  function closed(bracket: string): Expansion {
    const inner = either();
    if (tokens[at] !== bracket) throw new SyntaxError(`A ${bracket} is missing in a grammar.`);
    at += 1;
    return inner;
  }

  function repeated(part: Expansion): Expansion {
    const sign = tokens[at];
    if (sign !== '*' && sign !== '+') return part;
    at += 1;
    return { type: 'repeat', part, least: sign === '+' ? 1 : 0 };
  }
}
