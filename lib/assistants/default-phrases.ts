import type { SpokenLanguage } from '#src/lib/assistants/spoken-language.ts';

/** Sentences that an operator can put own ones in place of. */
export type Phrases = { apology: string; slowTool: string; stillThere: string; toolFailed: string };

/** What an assistant says where its operator left the default, and of a write that may or may not have been done. */
export const defaultPhrases: Record<SpokenLanguage, Phrases & { inDoubt: string }> = {
  en: {
    apology: 'Sorry, something went wrong on my side. Could you say that again?',
    slowTool: 'One moment, I am looking that up.',
    stillThere: 'Are you still there?',
    toolFailed: 'I could not do that just now. I can ask a colleague to call you back.',
    inDoubt:
      'I could not see whether that went through, so I will not try it again. A colleague will check it for you.',
  },
  de: {
    apology: 'Entschuldigung, bei mir ist etwas schiefgegangen. Könnten Sie das noch einmal sagen?',
    slowTool: 'Einen Moment, ich sehe nach.',
    stillThere: 'Sind Sie noch da?',
    toolFailed: 'Das ging gerade leider nicht. Eine Kollegin oder ein Kollege kann Sie zurückrufen.',
    inDoubt:
      'Ich konnte nicht sehen, ob das geklappt hat, deshalb versuche ich es nicht noch einmal. Wir prüfen das für Sie.',
  },
  fr: {
    apology: 'Désolé, un problème est survenu de mon côté. Pourriez-vous répéter ?',
    slowTool: 'Un instant, je vérifie cela.',
    stillThere: 'Vous êtes toujours là ?',
    toolFailed: 'Je n’ai pas pu le faire à l’instant. Un collègue peut vous rappeler.',
    inDoubt:
      'Je n’ai pas pu voir si cela a bien été fait, je ne vais donc pas réessayer. Un collègue va le vérifier pour vous.',
  },
  es: {
    apology: 'Lo siento, algo ha fallado por mi parte. ¿Podría repetirlo?',
    slowTool: 'Un momento, lo estoy mirando.',
    stillThere: '¿Sigue ahí?',
    toolFailed: 'Ahora mismo no he podido hacerlo. Un compañero puede devolverle la llamada.',
    inDoubt: 'No he podido ver si se ha hecho, así que no voy a intentarlo otra vez. Un compañero lo comprobará.',
  },
  it: {
    apology: 'Mi dispiace, qualcosa è andato storto da parte mia. Può ripetere?',
    slowTool: 'Un momento, sto controllando.',
    stillThere: 'È ancora in linea?',
    toolFailed: 'In questo momento non ci sono riuscito. Un collega può richiamarla.',
    inDoubt: 'Non ho potuto vedere se è andato a buon fine, quindi non ci riprovo. Un collega lo controllerà per lei.',
  },
  nl: {
    apology: 'Sorry, er ging iets mis aan mijn kant. Kunt u dat nog eens zeggen?',
    slowTool: 'Een ogenblik, ik zoek het op.',
    stillThere: 'Bent u er nog?',
    toolFailed: 'Dat lukte nu helaas niet. Een collega kan u terugbellen.',
    inDoubt: 'Ik kon niet zien of dat gelukt is, dus ik probeer het niet nog eens. Een collega kijkt het voor u na.',
  },
  pt: {
    apology: 'Desculpe, algo correu mal do meu lado. Pode repetir?',
    slowTool: 'Um momento, estou a verificar.',
    stillThere: 'Ainda está aí?',
    toolFailed: 'Não consegui fazer isso agora. Um colega pode ligar-lhe de volta.',
    inDoubt: 'Não consegui ver se ficou feito, por isso não vou tentar outra vez. Um colega vai verificar.',
  },
  pl: {
    apology: 'Przepraszam, coś poszło nie tak po mojej stronie. Czy można prosić jeszcze raz?',
    slowTool: 'Chwileczkę, już sprawdzam.',
    stillThere: 'Czy jest Pan lub Pani nadal na linii?',
    toolFailed: 'Nie udało mi się tego teraz zrobić. Ktoś z zespołu może oddzwonić.',
    inDoubt: 'Nie widzę, czy to się udało, więc nie spróbuję jeszcze raz. Ktoś z zespołu to sprawdzi.',
  },
};

/**
 * What the assistant says in its language: the operator's own sentences, and where one was left as it was, that of the language.
 */
export function phrasesFor(config: { language: SpokenLanguage; phrases: Phrases }): Phrases & { inDoubt: string } {
  const { inDoubt, ...own } = defaultPhrases[config.language];
  const chosen = (key: keyof Phrases) => (isDefault(key, config.phrases[key]) ? own[key] : config.phrases[key]);
  return {
    apology: chosen('apology'),
    slowTool: chosen('slowTool'),
    stillThere: chosen('stillThere'),
    toolFailed: chosen('toolFailed'),
    inDoubt,
  };
}

/** A default of any language: an assistant whose language was changed keeps none of the old one. */
export function isDefault(key: keyof Phrases, sentence: string): boolean {
  return Object.values(defaultPhrases).some((phrases) => phrases[key] === sentence);
}
