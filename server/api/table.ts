import type { Endpoint } from '#src/server/api/endpoint.ts';
import { afterCallEndpoints } from '#src/server/api/endpoints/after-call.ts';
import { annotationEndpoints } from '#src/server/api/endpoints/annotations.ts';
import { assistantEndpoints } from '#src/server/api/endpoints/assistants.ts';
import { callEndpoints } from '#src/server/api/endpoints/calls.ts';
import { followUpEndpoints } from '#src/server/api/endpoints/follow-ups.ts';
import { healthEndpoints } from '#src/server/api/endpoints/health.ts';
import { hookEndpoints } from '#src/server/api/endpoints/hooks.ts';
import { linkEndpoints } from '#src/server/api/endpoints/links.ts';
import { mcpCatalogueEndpoints } from '#src/server/api/endpoints/mcp-catalogue.ts';
import { mcpConfigFileEndpoints } from '#src/server/api/endpoints/mcp-config-file.ts';
import { mcpInspectEndpoints } from '#src/server/api/endpoints/mcp-inspect.ts';
import { mcpOAuthEndpoints } from '#src/server/api/endpoints/mcp-oauth.ts';
import { mcpServerEndpoints } from '#src/server/api/endpoints/mcp-servers.ts';
import { noticeEndpoints } from '#src/server/api/endpoints/notices.ts';
import { privacyEndpoints } from '#src/server/api/endpoints/privacy.ts';
import { recordingEndpoints } from '#src/server/api/endpoints/recordings.ts';
import { talkLinkEndpoints } from '#src/server/api/endpoints/talk-links.ts';
import { teamSettingsEndpoints } from '#src/server/api/endpoints/team-settings.ts';
import { viewEndpoints } from '#src/server/api/endpoints/views.ts';
import { documentOf } from '#src/server/api/openapi.ts';

const all: Endpoint[] = [
  ...mcpConfigFileEndpoints,
  ...mcpServerEndpoints,
  ...mcpOAuthEndpoints,
  ...mcpCatalogueEndpoints,
  ...mcpInspectEndpoints,
  ...noticeEndpoints,
  ...assistantEndpoints,
  ...talkLinkEndpoints,
  ...callEndpoints,
  ...viewEndpoints,
  ...annotationEndpoints,
  ...recordingEndpoints,
  ...linkEndpoints,
  ...privacyEndpoints,
  ...teamSettingsEndpoints,
  ...afterCallEndpoints,
  ...followUpEndpoints,
  ...hookEndpoints,
];

/** Every call of the REST interface. */
export const endpoints: readonly Endpoint[] = [
  ...healthEndpoints(() => documentOf([...healthEndpoints(() => ({})), ...all])),
  ...all,
];
