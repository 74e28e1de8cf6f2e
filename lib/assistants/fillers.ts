import { defaultPhrases, isDefault } from '#src/lib/assistants/default-phrases.ts';
import type { SpokenLanguage } from '#src/lib/assistants/spoken-language.ts';

/** `first`: the silence begins to be felt. `still`: something was said, and it goes on. */
export type FillerKind = 'first' | 'still';

/** Said while a tool is slow; none promises an outcome or a time, and each is long enough to bridge a second and a half. */
export const fillers: Record<SpokenLanguage, Record<FillerKind, readonly string[]>> = {
  en: {
    first: [
      defaultPhrases.en.slowTool,
      'Just a moment, please, I am on it.',
      'Let me check that for you, one moment.',
      'Give me a second, I will have a look.',
    ],
    still: [
      'I am still on it.',
      'It is still taking a moment.',
      'I am still waiting for the answer.',
      'Still looking, thank you for waiting.',
    ],
  },
  de: {
    first: [
      defaultPhrases.de.slowTool,
      'Einen Augenblick, bitte, ich sehe nach.',
      'Ich prüfe das kurz für Sie, einen Moment.',
      'Bitte bleiben Sie kurz dran, ich schaue nach.',
    ],
    still: [
      'Ich bin noch dabei.',
      'Es dauert noch einen Moment.',
      'Ich warte noch auf die Antwort.',
      'Ich sehe noch nach, danke für Ihre Geduld.',
    ],
  },
  fr: {
    first: [
      defaultPhrases.fr.slowTool,
      'Un petit moment, s’il vous plaît.',
      'Je regarde cela pour vous, un instant.',
      'Ne quittez pas, je consulte.',
    ],
    still: [
      'Je m’en occupe encore.',
      'Cela prend encore un instant.',
      'J’attends encore la réponse.',
      'Je cherche encore, merci de patienter.',
    ],
  },
  es: {
    first: [
      defaultPhrases.es.slowTool,
      'Un segundo, por favor, lo estoy mirando.',
      'Déjeme comprobarlo, es solo un momento.',
      'No cuelgue, enseguida se lo digo.',
    ],
    still: [
      'Sigo en ello.',
      'Todavía tarda un momento.',
      'Sigo esperando la respuesta.',
      'Sigo buscando, gracias por esperar.',
    ],
  },
  it: {
    first: [
      defaultPhrases.it.slowTool,
      'Un attimo, per favore, sto guardando.',
      'Verifico subito per lei, un momento.',
      'Resti in linea, guardo subito.',
    ],
    still: [
      'Ci sto ancora lavorando.',
      'Ci vuole ancora un momento.',
      'Sto ancora aspettando la risposta.',
      'Sto ancora cercando, grazie della pazienza.',
    ],
  },
  nl: {
    first: [
      defaultPhrases.nl.slowTool,
      'Een momentje, alstublieft, ik zoek het op.',
      'Ik kijk het even voor u na, een moment.',
      'Blijft u even hangen, ik kijk het na.',
    ],
    still: [
      'Ik ben er nog mee bezig.',
      'Het duurt nog even.',
      'Ik wacht nog op het antwoord.',
      'Ik zoek nog, dank u voor het wachten.',
    ],
  },
  pt: {
    first: [
      defaultPhrases.pt.slowTool,
      'Só um instante, por favor, estou a ver.',
      'Deixe-me confirmar, é só um momento.',
      'Não desligue, por favor, já vejo isso.',
    ],
    still: [
      'Ainda estou a tratar disso.',
      'Ainda demora um momento.',
      'Ainda estou à espera da resposta.',
      'Ainda estou a procurar, obrigado por esperar.',
    ],
  },
  pl: {
    first: [
      defaultPhrases.pl.slowTool,
      'Proszę o chwilę cierpliwości.',
      'Zaraz to dla Państwa sprawdzę.',
      'Proszę się nie rozłączać, patrzę.',
    ],
    still: [
      'Nadal nad tym pracuję.',
      'To jeszcze chwilę potrwa.',
      'Nadal czekam na odpowiedź.',
      'Nadal szukam, dziękuję za cierpliwość.',
    ],
  },
};

export type FillerPicker = {
  /** The next sentence of this kind; never the same twice in a row. */
  next(kind: FillerKind): string;
  /** All that may come, so that they can be made ahead. */
  of: Record<FillerKind, readonly string[]>;
};

/** Picks what is said while a tool is slow. A sentence that the operator wrote is the first one said. */
export function fillerPicker(
  config: { language: SpokenLanguage; phrases: { slowTool: string } },
  random: () => number = Math.random,
): FillerPicker {
  const { first, still } = fillers[config.language];
  const own = config.phrases.slowTool;
  const firsts = isDefault('slowTool', own) ? first : [own, ...first];
  const last: Record<FillerKind, string | null> = { first: null, still: null };
  const sets = { first: firsts, still };
  return {
    of: sets,
    next(kind) {
      const before = last[kind];
      const choice = sets[kind].filter((sentence) => sentence !== before);
      const at = before === null && kind === 'first' ? 0 : Math.floor(random() * choice.length);
      const sentence = choice[at] ?? own;
      last[kind] = sentence;
      return sentence;
    },
  };
}
