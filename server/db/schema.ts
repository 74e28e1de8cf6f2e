export * from './auth-schema.ts';
export * from './schema/around-calls.ts';
export * from './schema/assistants.ts';
export * from './schema/calls.ts';
export * from './schema/finding-calls.ts';
export * from './schema/servers.ts';
export * from './schema/teams.ts';
export * from './schema/tool-runtime.ts';
