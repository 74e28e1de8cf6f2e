import { isAppError } from '#src/lib/app-error.ts';
import { openShare } from '#src/server/links/share-opening.ts';

/** The path of a shared call's page. */
const sharePath = /^\/share\/([^/]+)\/?$/;

/**
 * The answer to whoever opens a share link that does not work: 404 unknown, 410 over, 429 after too many tries; null where it works, or
 * where something else is asked for. A page of Next cannot answer with these.
 */
export async function shareProblem(pathname: string, headers: Headers): Promise<Response | null> {
  const secret = sharePath.exec(pathname)?.[1];
  if (secret === undefined) return null;
  try {
    await openShare(decoded(secret), headers);
    return null;
  } catch (error) {
    // What else can go wrong, such as the database, the page itself says.
    if (!isAppError(error)) return null;
    return new Response(pageOf(error.message, error.hint ?? ''), {
      status: error.status,
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'private, no-store',
        ...(error.status === 429 ? { 'retry-after': '60' } : {}),
      },
    });
  }
}

function decoded(secret: string): string {
  try {
    return decodeURIComponent(secret);
  } catch {
    return '';
  }
}

/** Words of our own only; the colours are those of app/tokens.css. */
function pageOf(title: string, hint: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>${title} · Patchbay</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<style>
:root { color-scheme: light dark }
body { margin: 0; min-height: 100dvh; display: grid; place-items: center; font: 15px/1.5 Geist, system-ui, sans-serif;
  background: light-dark(#f5f6f6, #0b0d0f); color: light-dark(#14181b, #e9edf0) }
main { padding: 20px 24px; border-radius: 10px;
  border: 1px solid light-dark(#e2e6e8, #242a2f); background: light-dark(#ffffff, #121518) }
body > div { width: min(400px, 100vw - 32px) }
b { display: flex; align-items: center; gap: 10px; margin-bottom: 20px; font-weight: 620 }
svg { fill: none; stroke: light-dark(#2450d8, #8aa5ff); stroke-width: 2; stroke-linecap: round }
h1 { margin: 0; font-size: 18px; font-weight: 620 }
p { margin: 4px 0 0; color: light-dark(#48525a, #b0b9c1) }
</style>
</head>
<body><div>
<b><svg width="28" height="22" aria-hidden="true"><circle cx="6" cy="6" r="4"/><circle cx="22" cy="6" r="4"/><path d="M6 6c0 18 16 18 16 0"/></svg>Patchbay</b>
<main><h1>${title}</h1><p>${hint}</p></main>
</div></body>
</html>
`;
}
