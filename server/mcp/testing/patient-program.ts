/** The patient server on its standard streams; it writes what it notices into the file that its first argument names. */
import { appendFileSync } from 'node:fs';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { patientServer } from '#src/server/mcp/testing/patient-server.ts';

const [, , file = ''] = process.argv;
void serveStdio(() => patientServer((what) => appendFileSync(file, `${what}\n`)));
