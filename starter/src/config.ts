import { z } from 'zod';

const settings = z.object({
  API_KEYS: z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((key) => key.trim())
        .filter(Boolean),
    )
    .pipe(z.array(z.string().min(16, 'A key has at least 16 characters.')).min(1, 'Set at least one key.')),
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  HOST: z.string().default('127.0.0.1'),
  DATABASE_URL: z.string().default('data.db'),
  RATE_PER_MINUTE: z.coerce.number().int().min(1).default(120),
});

export type Config = {
  apiKeys: string[];
  port: number;
  host: string;
  databaseUrl: string;
  ratePerMinute: number;
};

/** Reads the settings, once, at the start. Throws an Error that names the setting that is missing or wrong. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const parsed = settings.safeParse({ ...env, API_KEYS: env.API_KEYS ?? '' });
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new Error(`${String(issue?.path[0])} is not usable: ${issue?.message} See the README.`);
  }
  const { API_KEYS, PORT, HOST, DATABASE_URL, RATE_PER_MINUTE } = parsed.data;
  return { apiKeys: API_KEYS, port: PORT, host: HOST, databaseUrl: DATABASE_URL, ratePerMinute: RATE_PER_MINUTE };
}
