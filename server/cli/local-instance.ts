import { AppError } from '#src/lib/app-error.ts';
import { type Instance, runningInstance } from '#src/server/supervisor/instance-file.ts';
import { derivedSecret, secretKey } from '#src/server/supervisor/secret-key.ts';

/** The instance that runs on this machine. Throws AppError `not-running`. */
export function localInstance(home: string): Instance {
  const instance = runningInstance(home);
  if (!instance)
    throw new AppError('not-running', 'Patchbay does not run here.', {
      hint: 'Start it with `npm start`, then try again.',
    });
  return instance;
}

/** Sets this process up to reach the database of the running instance, as the application's role. */
export function connectToLocalDatabase(home: string): void {
  const instance = localInstance(home);
  const key = secretKey(home, process.env);
  Object.assign(process.env, {
    PATCHBAY_HOME: home,
    PATCHBAY_SECRET_KEY: key.toString('base64'),
    PATCHBAY_APP_DATABASE_URL: instance.databaseUrl,
    PUBLIC_URL: instance.url,
    LIVEKIT_URL: instance.livekitUrl,
    LIVEKIT_API_KEY: process.env.LIVEKIT_API_KEY ?? 'patchbay',
    LIVEKIT_API_SECRET: process.env.LIVEKIT_API_SECRET ?? derivedSecret(key, 'livekit'),
    SPEECH_TOKEN: process.env.SPEECH_TOKEN ?? derivedSecret(key, 'speech'),
  });
}
