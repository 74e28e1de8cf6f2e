import { settings } from '#src/server/config.ts';

/** The text of .env.example: every setting with what it does, made from the schema that reads them. */
export function envExample(): string {
  const lines = ['# Every setting of Patchbay. Nothing has to be set: `npm start` fills in what is left out.', ''];
  for (const [name, schema] of Object.entries(settings.shape)) {
    const usual = schema.safeParse(undefined);
    lines.push(
      `# ${schema.description ?? ''}`,
      `# ${name}=${usual.success && usual.data !== undefined ? String(usual.data) : ''}`,
      '',
    );
  }
  return lines.join('\n');
}
