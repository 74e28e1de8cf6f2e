import { z } from 'zod';

/** What is used of an authorization server's metadata (RFC 8414); null where it publishes none and the default paths hold. */
export const serverMetadataSchema = z.object({
  issuer: z.string(),
  authorization_endpoint: z.string(),
  token_endpoint: z.string(),
  registration_endpoint: z.string().optional(),
  response_types_supported: z.array(z.string()),
  grant_types_supported: z.array(z.string()).optional(),
  scopes_supported: z.array(z.string()).optional(),
  code_challenge_methods_supported: z.array(z.string()).optional(),
  token_endpoint_auth_methods_supported: z.array(z.string()).optional(),
  client_id_metadata_document_supported: z.boolean().optional(),
  authorization_response_iss_parameter_supported: z.boolean().optional(),
});

/** Where a server sends us for a token, as its documents said. */
export const discoverySchema = z.object({
  authorizationServerUrl: z.string(),
  issuer: z.string(),
  metadata: serverMetadataSchema.nullable(),
  /** The resource indicator (RFC 8707), verbatim; null where the server publishes no metadata of its own. */
  resource: z.string().nullable(),
  /** What the resource says it has; shown to the operator, never asked for by itself. */
  resourceScopes: z.array(z.string()).default([]),
});
export type Discovery = z.infer<typeof discoverySchema>;

/** Who we are at that authorization server. */
export const oauthClientSchema = z.object({
  client_id: z.string(),
  client_secret: z.string().optional(),
  client_secret_expires_at: z.number().optional(),
  token_endpoint_auth_method: z.string().optional(),
  /** A client is known to one authorization server only. */
  issuer: z.string(),
  /** What it was registered with: another address of Patchbay needs another registration. */
  redirectUri: z.string().nullable(),
  kind: z.enum(['registered-before', 'metadata-document', 'registered']),
});
export type OAuthClient = z.infer<typeof oauthClientSchema>;

export const tokensSchema = z.object({
  accessToken: z.string(),
  refreshToken: z.string().optional(),
  scope: z.string().optional(),
  /** Wall time in milliseconds; null when the server did not say. */
  expiresAt: z.number().nullable(),
});
export type Tokens = z.infer<typeof tokensSchema>;

/** All that is kept of an authorization, sealed as one credential. */
export const oauthGrantSchema = z.object({
  /** The server it was given for; tokens never go to another origin. */
  serverUrl: z.string(),
  discovery: discoverySchema.nullable(),
  client: oauthClientSchema.nullable(),
  tokens: tokensSchema.nullable(),
  /** Scopes that the server asked for since, by `insufficient_scope`: the next sign-in asks for them too. */
  wantedScopes: z.array(z.string()).default([]),
});
export type OAuthGrant = z.infer<typeof oauthGrantSchema>;

/** Where a grant is kept. */
export type GrantStore = {
  /** Names the grant; two stores of one id are one grant. */
  id: string;
  read(): Promise<OAuthGrant | null>;
  /** Runs `work` while nobody else, in no process, changes this grant, and keeps what it answers. */
  change(work: (grant: OAuthGrant | null) => Promise<OAuthGrant>): Promise<OAuthGrant>;
};
