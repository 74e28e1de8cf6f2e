// Has a livekit-server ready before anything waits for it: on a new machine it is fetched or built, which takes minutes.
import { findLivekitServer } from '#src/server/supervisor/livekit-binary.ts';

console.log(`LiveKit: ${await findLivekitServer({ say: console.log })}`);
