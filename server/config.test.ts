import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isLoopback, readConfig } from '#src/server/config.ts';
import { envExample } from '#src/server/env-example.ts';

const usual = {
  NODE_ENV: 'test' as const,
  PATCHBAY_SECRET_KEY: Buffer.alloc(32).toString('base64'),
  PATCHBAY_APP_DATABASE_URL: 'postgres://a@b/c',
  LIVEKIT_URL: 'ws://127.0.0.1:7880',
  LIVEKIT_API_KEY: 'k',
  LIVEKIT_API_SECRET: 's',
  SPEECH_TOKEN: 't',
};

test('.env.example is what `npm run env-example` writes', () => {
  expect(readFileSync('.env.example', 'utf8')).toBe(envExample());
});

test('a missing setting is named, with what to do', () => {
  const { LIVEKIT_URL: _, ...without } = usual;
  expect(() => readConfig(without)).toThrow(/LIVEKIT_URL is not set.*npm start/);
  expect(() => readConfig({ ...usual, PATCHBAY_SECRET_KEY: 'short' })).toThrow(/32 bytes/);
  expect(() => readConfig({ ...usual, PORT: 'abc' })).toThrow(/PORT/);
});

test('only loopback is listened on unless told otherwise', () => {
  expect(readConfig(usual)).toMatchObject({ listenHost: '127.0.0.1', listensOnLoopbackOnly: true });
  expect(readConfig({ ...usual, PATCHBAY_HOST: '0.0.0.0' }).listensOnLoopbackOnly).toBe(false);
  expect(['localhost', '127.1.2.3', '::1', '10.0.0.1', '0.0.0.0'].map(isLoopback)).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
});
