import type { Decoder } from 'soundswallower';

/** What the engine has and its declarations leave out: its memory, and the way in for automata in their text form. */
type EngineMemory = {
  HEAP_DATA_VIEW: DataView;
  _malloc(bytes: number): number;
  _free(address: number): void;
  _s3file_init(address: number, bytes: number): number;
  _decoder_init_grammar_s3file(decoder: number, fsgFile: number, jsgfFile: number): number;
};
type OpenDecoder = Decoder & { cdecoder: number };

/**
 * Gives a decoder an automaton (see `toFsg`). The engine's own `set_grammar` takes minutes for what assistants need, and its
 * loader of automata reads a file and never gives the memory back.
 */
export function setAutomaton(engine: object, decoder: Decoder, fsg: string): void {
  if (!hasMemory(engine) || !isOpen(decoder)) throw new Error('This version of the recogniser cannot read automata.');
  const text = new TextEncoder().encode(fsg);
  const address = engine._malloc(text.length + 1);
  if (address === 0) throw new Error('The recogniser is out of memory.');
  try {
    const room = new Uint8Array(engine.HEAP_DATA_VIEW.buffer, address, text.length + 1);
    room.set(text);
    room[text.length] = 0;
    const file = engine._s3file_init(address, text.length);
    if (engine._decoder_init_grammar_s3file(decoder.cdecoder, file, 0) < 0)
      throw new Error('The recogniser refused the automaton.');
  } finally {
    engine._free(address);
  }
}

function hasMemory(engine: object): engine is EngineMemory {
  const needed = ['HEAP_DATA_VIEW', '_malloc', '_free', '_s3file_init', '_decoder_init_grammar_s3file'];
  return needed.every((name) => name in engine);
}

function isOpen(decoder: Decoder): decoder is OpenDecoder {
  return 'cdecoder' in decoder;
}
