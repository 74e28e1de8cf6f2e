import type { MetadataRoute } from 'next';

/** What has an address of its own for one person is nobody's to list; the rest asks for a sign-in anyway. */
export default function robots(): MetadataRoute.Robots {
  return { rules: { userAgent: '*', disallow: ['/api/', '/join/', '/setup', '/share/', '/talk/'] } };
}
