import type { NextConfig } from 'next';

const config: NextConfig = {
  // `npm test` checks the types of everything; a start must not fail on a type error in a test.
  typescript: { ignoreBuildErrors: process.env.PATCHBAY_SKIP_TYPES === '1' },
  // Next's development server would log the arguments of actions and the addresses of links: passwords, keys and secrets are among them.
  logging: { serverFunctions: false, incomingRequests: { ignore: [/^\/(?:share|talk|join|setup)\b/] } },
  poweredByHeader: false,
  devIndicators: false,
  // Title and description come with the page's head, for everyone as for robots.
  htmlLimitedBots: /./,
  serverExternalPackages: ['postgres', 'undici', 'pino', 'ajv', 'ajv-formats'],
  // Browsers ask for this one whatever a page says.
  rewrites: async () => [{ source: '/favicon.ico', destination: '/icon.svg' }],
  headers: async () => [
    {
      source: '/:path*',
      headers: [
        { key: 'X-Content-Type-Options', value: 'nosniff' },
        { key: 'Referrer-Policy', value: 'same-origin' },
        { key: 'Permissions-Policy', value: 'microphone=(self), camera=(), geolocation=()' },
        { key: 'X-Frame-Options', value: 'DENY' },
        { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
      ],
    },
    {
      // The secret of a link is in its address: nobody is told of it.
      source: '/:place(share|talk)/:path*',
      headers: [{ key: 'Referrer-Policy', value: 'no-referrer' }],
    },
    {
      source: '/:place(share|talk|join|setup)/:path*',
      headers: [{ key: 'X-Robots-Tag', value: 'noindex, nofollow' }],
    },
  ],
};
export default config;
