// `npm run env-example`: writes .env.example from the settings' own descriptions.
import { writeFileSync } from 'node:fs';
import { envExample } from '#src/server/env-example.ts';

writeFileSync(new URL('../.env.example', import.meta.url), envExample());
