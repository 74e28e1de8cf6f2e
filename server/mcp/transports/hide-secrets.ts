export const hidden = '[hidden]';

const secretHeader =
  /^(authorization|proxy-authorization|cookie|set-cookie|mcp-session-id|x-amz-security-token)$|key|token|secret|passw|signature/i;
const secretQuery = /key|token|secret|passw|signature|^(sig|code|state|code_verifier|assertion|client_assertion)$/i;
/** Fields of OAuth answers and forms, and what people name a password. */
const secretField =
  'access_token|refresh_token|id_token|client_secret|client_assertion|assertion|code|code_verifier|subject_token|actor_token|registration_access_token|password|passwd|api_?key';
const secretJson = new RegExp(`("(?:${secretField})"\\s*:\\s*)"(?:[^"\\\\]|\\\\.)*"?`, 'gi');
const secretForm = new RegExp(`(^|&)((?:${secretField})=)[^&]*`, 'gi');

export type SecretHider = {
  /** From now on this value is hidden wherever it stands, also encoded. */
  add(secret: string): void;
  text(text: string): string;
  url(url: string): string;
  headers(headers: Iterable<[string, string]>): Record<string, string>;
  /** A body that is not JSON-RPC also loses its OAuth fields: a tool's own `code` is no secret. */
  body(text: string, isRpc: boolean): string;
};

/** Takes secrets out of what is shown: by their value where it is known, by the name of their place where it is not. */
export function secretHider(known: readonly (string | null)[] = []): SecretHider {
  const forms = new Set<string>();
  const add = (secret: string) => {
    // A value of three letters would blank out half of a text and protects nothing.
    if (secret.length < 4) return;
    for (const form of [
      secret,
      encodeURIComponent(secret),
      JSON.stringify(secret).slice(1, -1),
      Buffer.from(secret).toString('base64'),
    ])
      forms.add(form);
  };
  for (const secret of known) if (secret) add(secret);
  const text = (from: string) => {
    let clean = from;
    for (const form of [...forms].sort((a, b) => b.length - a.length)) clean = clean.replaceAll(form, hidden);
    return clean;
  };
  return {
    add,
    text,
    url: (from) => {
      if (!URL.canParse(from)) return text(from);
      const url = new URL(from);
      const pairs = [...url.searchParams].map(([name, value]) =>
        secretQuery.test(name) ? `${encodeURIComponent(name)}=${hidden}` : text(query(name, value)),
      );
      url.username = '';
      url.password = '';
      url.search = '';
      return text(url.href) + (pairs.length > 0 ? `?${pairs.join('&')}` : '');
    },
    headers: (headers) =>
      Object.fromEntries([...headers].map(([name, value]) => [name, secretHeader.test(name) ? hidden : text(value)])),
    body: (from, isRpc) => {
      const clean = text(from);
      return isRpc ? clean : clean.replace(secretJson, `$1"${hidden}"`).replace(secretForm, `$1$2${hidden}`);
    },
  };
}

const query = (name: string, value: string) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`;
