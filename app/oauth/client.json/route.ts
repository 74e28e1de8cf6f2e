import { clientMetadataDocument } from '#src/server/mcp/oauth/our-client.ts';

export const dynamic = 'force-dynamic';

/** Who Patchbay is as an OAuth client, for authorization servers that read it instead of registering us. */
export function GET(): Response {
  return Response.json(clientMetadataDocument(), { headers: { 'cache-control': 'public, max-age=3600' } });
}
