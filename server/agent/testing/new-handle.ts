import { initializeLogger, voice } from '@livekit/agents';

initializeLogger({ pretty: false, level: 'fatal' });

/** A speech handle as the session makes them, which a test can schedule, interrupt and end. */
export function newHandle(options: { scheduled: boolean }): voice.SpeechHandle {
  const handle = voice.SpeechHandle.create();
  if (options.scheduled) handle._markScheduled();
  return handle;
}
