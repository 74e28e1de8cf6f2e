import { shareAnswer } from '#src/app/share/[secret]/share-answer.ts';
import { sharedWaveform } from '#src/server/links/share-recording.ts';

type Context = { params: Promise<{ secret: string }> };

/** How the recording of a shared call looks, where its link goes with it. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  return shareAnswer((await params).secret, request, async (opened) => Response.json(await sharedWaveform(opened)));
}
