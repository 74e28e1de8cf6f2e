import { CallRecorder } from '#src/server/calls/recording/call-recorder.ts';

/** Records a tone of both sides until it is killed: `node record-forever.ts FILE`. */
const [file = ''] = process.argv.slice(2);
const zero = performance.now();
const now = () => performance.now() - zero;
const recorder = new CallRecorder({ file, now, onLost: () => process.exit(3) });
const tracks = [recorder.track('caller'), recorder.track('agent')];
let sent = 0;
setInterval(() => {
  for (; sent < now() - 10; sent += 10)
    for (const track of tracks)
      track.take(Int16Array.from({ length: 160 }, (_, i) => 9_000 * Math.sin((sent * 16 + i) * 0.2)));
}, 10);
