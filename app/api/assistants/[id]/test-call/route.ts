import { authenticate } from '#src/server/api/authenticate.ts';
import { problem } from '#src/server/api/problem.ts';
import { placeCall } from '#src/server/calls/place-call.ts';

/** A call with the draft, by whoever is signed in. A route and not an action: actions wait in line behind a draft being saved. */
export async function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  try {
    const actor = await authenticate(request, 'call:place');
    const { id } = await params;
    const placed = await placeCall(actor.teamId, {
      assistantId: id,
      version: 'draft',
      caller: { kind: 'member', name: actor.name, userId: actor.userId },
    });
    return Response.json(placed, { status: 201, headers: { 'cache-control': 'no-store' } });
  } catch (error) {
    return problem(error);
  }
}
