/** What is said around a write that waits for a yes, and how a yes and a no sound, in one language. */
export type ConfirmationWords = {
  /** Asked after the read-back. */
  question: string;
  /** Said before a read-back that the caller did not hear to its end. */
  again: string;
  /** Said before a read-back that was answered by something else. */
  yesOrNo: string;
  /** Said while an operator decides. */
  oneMoment: string;
  /** Said when the operator did not approve. */
  notApproved: string;
  /** Said when no operator was there. */
  nobodyThere: string;
  /** Joins two things that are done on one yes. */
  and: string;
  /** A yes has at least one of these; longer ones are tried first. */
  yes: readonly string[];
  /** A no has at least one of these. */
  no: readonly string[];
  /** Words that a plain yes or no may have beside it. */
  polite: readonly string[];
  /** What says that something is to be other than it was read back. */
  change: readonly string[];
};

const list = (words: string): string[] => words.split('|');

export const confirmationWords = {
  en: {
    question: 'Shall I do that?',
    again: 'Let me read that back.',
    yesOrNo: 'Please say yes or no.',
    oneMoment: 'One moment, please. A colleague has to approve that.',
    notApproved: 'I am sorry, my colleague did not approve that, so I have not done it.',
    nobodyThere: 'Nobody could approve that just now, so I have not done it. A colleague will get back to you.',
    and: 'and',
    yes: list(
      "yes please do|yes please|yes|yeah|yep|yup|sure thing|sure|okay|ok|correct|right|exactly|absolutely|definitely|certainly|of course|by all means|go ahead|go for it|do it|do that|please do|sounds good|that's fine|that is fine|that's it|that is it|fine|perfect|confirmed|confirm|i do|you may|that would be great|i would like that|i'd like that|i agree|agreed",
    ),
    no: list(
      "no thank you|no thanks|no|nope|nah|not now|not yet|don't|do not|never mind|nevermind|cancel|stop|forget it|forget that|leave it|drop it|wrong|incorrect|that's not right|that is not right|not right|not correct|don't do that|do not do that|don't do it|do not do it",
    ),
    polite: list(
      "please|thanks|thank you|thank you very much|thanks very much|thanks so much|thank|you|so|now|then|it|that|that's|this|is|are|all|great|good|lovely|well|oh|uh|um|ah|hello|and|the|a|i|it's|am|i'm|just|for me|me|be|would|will|want|to|order|at all|really|dear|sir|madam",
    ),
    change: list(
      'but|instead|rather|change|make it|actually|except|only|not the|another|more|less|without|with|at|for|on',
    ),
  },
  de: {
    question: 'Soll ich das machen?',
    again: 'Ich lese es noch einmal vor.',
    yesOrNo: 'Bitte sagen Sie ja oder nein.',
    oneMoment: 'Einen Moment, bitte. Das muss ein Kollege freigeben.',
    notApproved: 'Es tut mir leid, das wurde nicht freigegeben. Ich habe nichts unternommen.',
    nobodyThere:
      'Das konnte gerade niemand freigeben, ich habe also nichts unternommen. Ein Kollege meldet sich bei Ihnen.',
    and: 'und',
    yes: list(
      'ja bitte|ja|jawohl|jo|genau|richtig|stimmt|korrekt|passt|gerne|gern|in ordnung|okay|ok|einverstanden|machen sie das|mach das|tun sie das|bitte machen|selbstverständlich|natürlich|perfekt|klar|sicher|auf jeden fall',
    ),
    no: list(
      'nein danke|nein|nee|nö|nicht|doch nicht|lieber nicht|stopp|stop|abbrechen|vergessen sie es|falsch|stimmt nicht',
    ),
    polite: list('bitte|danke|vielen dank|vielen|sehr|schön|das|es|so|ist|alles|gut|dann|sie|ich|und|ach|äh|ähm|auch'),
    change: list('aber|stattdessen|lieber|ändern|machen sie|doch|außer|nur|mehr|weniger|ohne|mit|um|für|am'),
  },
  fr: {
    question: 'Je le fais ?',
    again: 'Je relis.',
    yesOrNo: "Dites oui ou non, s'il vous plaît.",
    oneMoment: 'Un instant, je vous prie. Un collègue doit donner son accord.',
    notApproved: "Je suis désolé, mon collègue n'a pas donné son accord. Je n'ai rien fait.",
    nobodyThere: "Personne ne pouvait donner son accord. Je n'ai donc rien fait. Un collègue vous recontactera.",
    and: 'et',
    yes: list(
      "oui s'il vous plaît|oui|ouais|d'accord|exactement|c'est ça|c'est bon|c'est exact|correct|parfait|allez-y|faites-le|volontiers|bien sûr|tout à fait|absolument|ok|okay|je confirme",
    ),
    no: list('non merci|non|pas maintenant|surtout pas|annulez|arrêtez|laissez tomber|oubliez|faux|pas correct'),
    polite: list("merci|s'il vous plaît|beaucoup|bien|très|c'est|ça|est|tout|et|je|vous|le|la|oh|euh|alors|donc"),
    change: list('mais|plutôt|changez|sauf|seulement|plus|moins|sans|avec|à|pour'),
  },
  es: {
    question: '¿Lo hago?',
    again: 'Se lo repito.',
    yesOrNo: 'Diga sí o no, por favor.',
    oneMoment: 'Un momento, por favor. Un compañero tiene que aprobarlo.',
    notApproved: 'Lo siento, mi compañero no lo ha aprobado y no lo he hecho.',
    nobodyThere:
      'Nadie ha podido aprobarlo ahora, así que no lo he hecho. Un compañero se pondrá en contacto con usted.',
    and: 'y',
    yes: list(
      'sí por favor|sí|si|claro|vale|de acuerdo|exacto|correcto|eso es|perfecto|adelante|hágalo|por supuesto|está bien|confirmo|confirmado|ok|okay|desde luego',
    ),
    no: list('no gracias|no|todavía no|mejor no|cancele|pare|déjelo|olvídelo|incorrecto'),
    polite: list('por favor|gracias|muchas|muy|bien|eso|es|todo|y|lo|que|oh|eh|pues|entonces|señor|señora'),
    change: list('pero|mejor|cambie|en lugar|excepto|sólo|solo|más|menos|sin|con|a|para'),
  },
  it: {
    question: 'Lo faccio?',
    again: 'Rileggo.',
    yesOrNo: 'Dica sì o no, per favore.',
    oneMoment: 'Un momento, per favore. Un collega deve approvarlo.',
    notApproved: "Mi dispiace, il collega non ha approvato e non l'ho fatto.",
    nobodyThere: "Nessuno ha potuto approvarlo, quindi non l'ho fatto. Un collega la ricontatterà.",
    and: 'e',
    yes: list(
      "sì grazie|sì|si|certo|va bene|d'accordo|esatto|giusto|corretto|perfetto|proceda|lo faccia|certamente|confermo|ok|okay|volentieri",
    ),
    no: list('no grazie|no|non ancora|meglio di no|annulli|basta|lasci stare|sbagliato'),
    polite: list('per favore|grazie|mille|molto|bene|è|tutto|e|lo|la|oh|eh|allora|prego|signora|signore'),
    change: list('ma|invece|piuttosto|cambi|tranne|solo|più|meno|senza|con|alle|per'),
  },
  nl: {
    question: 'Zal ik dat doen?',
    again: 'Ik lees het nog een keer voor.',
    yesOrNo: 'Zeg alstublieft ja of nee.',
    oneMoment: 'Een moment alstublieft. Een collega moet dat goedkeuren.',
    notApproved: 'Het spijt me, mijn collega heeft het niet goedgekeurd. Ik heb niets gedaan.',
    nobodyThere: 'Niemand kon dat nu goedkeuren, dus ik heb niets gedaan. Een collega neemt contact met u op.',
    and: 'en',
    yes: list(
      'ja graag|ja|jawel|jazeker|klopt|precies|juist|correct|prima|goed|akkoord|doe maar|zeker|natuurlijk|perfect|oké|ok|okay|in orde',
    ),
    no: list('nee bedankt|nee|niet|nog niet|liever niet|stop|annuleer|laat maar|vergeet het|fout|klopt niet'),
    polite: list('alstublieft|alsjeblieft|bedankt|dank u|dank|u|wel|heel|erg|dat|het|is|zo|en|dan|oh|eh|ik|graag|hoor'),
    change: list('maar|liever|in plaats|verander|behalve|alleen|meer|minder|zonder|met|om|voor'),
  },
  pt: {
    question: 'Posso fazer isso?',
    again: 'Vou repetir.',
    yesOrNo: 'Diga sim ou não, por favor.',
    oneMoment: 'Um momento, por favor. Um colega tem de aprovar.',
    notApproved: 'Lamento, o meu colega não aprovou e por isso não o fiz.',
    nobodyThere: 'Ninguém pôde aprovar agora, por isso não o fiz. Um colega entrará em contacto consigo.',
    and: 'e',
    yes: list(
      'sim por favor|sim|claro|está bem|tudo bem|certo|exato|correto|isso mesmo|perfeito|pode|pode fazer|com certeza|confirmo|ok|okay|de acordo',
    ),
    no: list('não obrigado|não obrigada|não|nao|ainda não|melhor não|cancele|pare|deixe|esqueça|errado'),
    polite: list('por favor|obrigado|obrigada|muito|bem|é|isso|tudo|e|o|a|oh|eh|então|senhor|senhora'),
    change: list('mas|em vez|prefiro|mude|exceto|só|mais|menos|sem|com|às|para'),
  },
  pl: {
    question: 'Czy mam to zrobić?',
    again: 'Powtórzę.',
    yesOrNo: 'Proszę powiedzieć tak albo nie.',
    oneMoment: 'Chwileczkę. Kolega musi to zatwierdzić.',
    notApproved: 'Przykro mi, kolega tego nie zatwierdził i nic nie zrobiłem.',
    nobodyThere: 'Nikt nie mógł tego teraz zatwierdzić, więc nic nie zrobiłem. Kolega się z Państwem skontaktuje.',
    and: 'i',
    yes: list(
      'tak proszę|tak|no tak|zgadza się|dokładnie|dobrze|oczywiście|pewnie|jasne|proszę bardzo|proszę to zrobić|potwierdzam|w porządku|ok|okay|świetnie',
    ),
    no: list('nie dziękuję|nie|jeszcze nie|lepiej nie|anuluj|stop|zapomnij|źle|nie zgadza się'),
    polite: list('proszę|dziękuję|bardzo|to|jest|wszystko|i|no|oh|yyy|więc|pani|pan|ja'),
    change: list('ale|zamiast|raczej|zmień|oprócz|tylko|więcej|mniej|bez|z|o|dla'),
  },
} satisfies Record<string, ConfirmationWords>;

/** The words of a language, by its tag (`de`, `de-AT`); English where we have none. */
export function confirmationWordsOf(language: string | undefined): ConfirmationWords {
  const primary = (language ?? 'en').toLowerCase().split('-')[0] ?? 'en';
  return Object.entries(confirmationWords).find(([tag]) => tag === primary)?.[1] ?? confirmationWords.en;
}
