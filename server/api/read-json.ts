import { AppError } from '#src/lib/app-error.ts';

const maxBodyBytes = 1_000_000;

/** The body of a request as JSON; `{}` when it is empty. Throws `too-large`, `invalid-json`. */
export async function readJson(request: Request): Promise<unknown> {
  const text = await request.text();
  if (text.length > maxBodyBytes)
    throw new AppError('too-large', 'The body is larger than 1 MB.', { status: 413, hint: 'Send less.' });
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError('invalid-json', 'The body is not JSON.', {
      status: 400,
      hint: 'Send JSON with content-type application/json.',
    });
  }
}
