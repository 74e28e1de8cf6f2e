const expression = /\{([+#./;?&]?)([^{}]+)\}/g;

/** The variables of a URI template (RFC 6570), in order, each once. */
export function templateNames(template: string): string[] {
  const names = [...template.matchAll(expression)].flatMap((match) => (match[2] ?? '').split(',').map(nameOf));
  return [...new Set(names)];
}

/** The address that a URI template makes of these values: the simple, reserved, path and query forms. What has no value is left out. */
export function fillTemplate(template: string, values: Record<string, string>): string {
  return template.replace(expression, (_, operator: string, list: string) => {
    const given = list
      .split(',')
      .map(nameOf)
      .filter((name) => (values[name] ?? '') !== '');
    const { first, between, named, keep } = forms[operator] ?? simple;
    if (given.length === 0) return '';
    const parts = given.map((name) => {
      const value = keep ? encodeURI(values[name] ?? '') : encodeURIComponent(values[name] ?? '');
      return named ? `${name}=${value}` : value;
    });
    return first + parts.join(between);
  });
}

type Form = { first: string; between: string; named: boolean; keep: boolean };
const simple: Form = { first: '', between: ',', named: false, keep: false };
const forms: Record<string, Form> = {
  '+': { ...simple, keep: true },
  '#': { ...simple, first: '#', keep: true },
  '.': { ...simple, first: '.', between: '.' },
  '/': { ...simple, first: '/', between: '/' },
  ';': { first: ';', between: ';', named: true, keep: false },
  '?': { first: '?', between: '&', named: true, keep: false },
  '&': { first: '&', between: '&', named: true, keep: false },
};

const nameOf = (part: string): string => part.trim().replace(/(\*|:\d+)$/, '');
