import type { MetadataRoute } from 'next';

/**
 * Nothing here is for search engines, but they must be let to see that: an address that they may not read can be listed all the same.
 * What has one of its own tells them so in a header (next.config.ts), the rest asks for a sign-in.
 */
export default function robots(): MetadataRoute.Robots {
  return { rules: { userAgent: '*', disallow: '/api/' } };
}
