import type { Exchange } from '#src/lib/mcp/exchange.ts';

/** A word for a POSIX shell: quoted where it has to be. */
function shellWord(text: string): string {
  return /^[A-Za-z0-9_./:=@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** The request as a curl command [K13]. Secrets are `$PATCHBAY_KEY`: Patchbay does not hand out what it stores. */
export function curlOf(exchange: Exchange): string {
  const { method, url, headers, body } = exchange.request;
  const lines = [`curl -X ${method} ${quotedSecret(url)}`];
  for (const [name, value] of Object.entries(headers))
    if (!/^(host|content-length|connection|accept-encoding|user-agent|sec-.*)$/i.test(name))
      lines.push(`-H ${quotedSecret(`${name}: ${value}`)}`);
  if (body !== null) lines.push(`--data-raw ${shellWord(body)}`);
  return lines.join(' \\\n  ');
}

/** A secret stands in double quotes, so that the shell puts the variable in. */
function quotedSecret(text: string): string {
  if (!text.includes('[hidden]')) return shellWord(text);
  return `"${text.replace(/["\\`$]/g, '\\$&').replaceAll('[hidden]', '$PATCHBAY_KEY')}"`;
}

/** The same call of a tool with Patchbay's own command line. */
export function commandOf(serverId: string, tool: string, args: Record<string, unknown>): string {
  return `npx patchbay server call ${serverId} ${shellWord(tool)} ${shellWord(JSON.stringify(args))}`;
}
