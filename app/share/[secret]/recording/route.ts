import { shareAnswer } from '#src/app/share/[secret]/share-answer.ts';
import { noteShareLook } from '#src/server/links/share-opening.ts';
import { sharedRecording } from '#src/server/links/share-recording.ts';

type Context = { params: Promise<{ secret: string }> };

/** The sound of a shared call, where its link goes with it. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  return shareAnswer((await params).secret, request, async (opened) => {
    const response = await sharedRecording(opened, request);
    await noteShareLook(opened, 'recording', request.headers);
    return response;
  });
}
