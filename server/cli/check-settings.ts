/** Settings for a program that only reaches out to MCP servers: what it does not use is filled in, so that the rules can be read. */
export function applyCheckSettings(): void {
  const unused = 'not used by a check';
  process.env.PATCHBAY_SECRET_KEY ??= Buffer.alloc(32).toString('base64');
  for (const name of [
    'PATCHBAY_APP_DATABASE_URL',
    'LIVEKIT_URL',
    'LIVEKIT_API_KEY',
    'LIVEKIT_API_SECRET',
    'SPEECH_TOKEN',
  ])
    process.env[name] ??= unused;
}
