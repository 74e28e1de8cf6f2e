/** One command of the command line. */
export type Command = {
  words: readonly string[];
  usage: string;
  summary: string;
  run: (args: readonly string[], home: string) => Promise<number>;
};
