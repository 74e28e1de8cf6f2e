import { getSessionCookie } from 'better-auth/cookies';
import { type NextRequest, NextResponse } from 'next/server';

const withoutSignIn = ['/sign-in', '/setup', '/join', '/oauth/client.json', '/share', '/talk'];

/** A nonce for this request's scripts, and the cheap way to the sign-in page; each page checks the session itself. */
export async function proxy(request: NextRequest) {
  const { pathname } = request.nextUrl;
  const open = withoutSignIn.some((path) => pathname === path || pathname.startsWith(`${path}/`));
  if (!open && !getSessionCookie(request)) {
    const to = new URL('/sign-in', request.url);
    if (pathname !== '/') to.searchParams.set('then', pathname + request.nextUrl.search);
    return NextResponse.redirect(to);
  }
  const policy = contentSecurityPolicy(crypto.randomUUID().replaceAll('-', ''));
  if (pathname.startsWith('/share/')) {
    // Loaded only here: it brings the database's code along, and all other pages go through without.
    const { shareProblem } = await import('#src/server/links/share-problem.ts');
    const problem = await shareProblem(pathname, request.headers);
    problem?.headers.set('Content-Security-Policy', policy);
    if (problem) return problem;
  }
  const headers = new Headers(request.headers);
  // Next takes the nonce for its own scripts from the request's policy.
  headers.set('Content-Security-Policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('Content-Security-Policy', policy);
  return response;
}

function contentSecurityPolicy(nonce: string): string {
  const dev = process.env.NODE_ENV === 'development';
  const live = process.env.LIVEKIT_PUBLIC_URL ?? 'ws://localhost:7880';
  return [
    `default-src 'self'`,
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? ` 'unsafe-eval'` : ''}`,
    `style-src 'self' 'unsafe-inline'`,
    `img-src 'self' data: blob:`,
    `font-src 'self'`,
    // livekit-client asks over http why a connection over ws failed.
    `connect-src 'self' ${live} ${live.replace(/^ws/, 'http')}${dev ? ' ws:' : ''}`,
    `media-src 'self' blob:`,
    `worker-src 'self' blob:`,
    `object-src 'none'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
  ].join('; ');
}

export const config = {
  matcher: [
    {
      source: '/((?!api|_next/static|_next/image|favicon.ico|icon.svg|robots.txt).*)',
      missing: [{ type: 'header', key: 'next-router-prefetch' }],
    },
  ],
};
