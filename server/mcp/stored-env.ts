import { z } from 'zod';
import { revealCredential } from '#src/server/secrets/credentials.ts';

const envSchema = z.record(z.string(), z.string());

/** The variables of a stored stdio server; empty for any other. Only the process that starts the program asks. */
export async function storedEnv(
  teamId: string,
  server: { envCredentialId: string | null },
): Promise<Record<string, string>> {
  if (server.envCredentialId === null) return {};
  return envSchema.parse(JSON.parse(await revealCredential(teamId, server.envCredentialId)));
}
