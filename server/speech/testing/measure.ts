import { recognitionReport } from '#src/server/speech/testing/recognition-report.ts';
import { startSpeechProcess } from '#src/server/speech/testing/start-speech-process.ts';

/** Prints how well the rehearsal recogniser hears and refuses: `node server/speech/testing/measure.ts`. */
const speech = await startSpeechProcess();
try {
  const { lines, trials } = await recognitionReport(speech);
  console.log(lines.join('\n'));
  for (const { kind, said, voice, heard, exact } of trials) {
    const odd = kind === 'sentence' || kind === 'short answer' ? !exact || !heard.understood : heard.understood;
    if (odd && process.argv.includes('--odd'))
      console.log(`${kind} ${voice} "${said}" heard as "${heard.text}", ${heard.confidence}`);
  }
} finally {
  await speech.kill('SIGTERM');
}
