import { compileGrammar, toFsg } from '#src/lib/speech/automaton.ts';
import type { Grammar } from '#src/lib/speech/grammar.ts';
import { answerQuestions } from '#src/server/speech/answer-questions.ts';

export type GrammarQuestion = { grammar: Grammar };
/** The automaton in the recogniser's text form; null when nothing can be said. */
export type GrammarReply = { fsg: string | null };

// A thread of its own: a large grammar takes a tenth of a second, in which nobody else's speech should wait.
answerQuestions<GrammarQuestion, GrammarReply>(({ grammar }) => ({ fsg: toFsg(compileGrammar(grammar)) }));
