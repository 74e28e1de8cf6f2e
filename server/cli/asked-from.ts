/** The folder in which the person typed the command: this program itself runs in the folder of Patchbay. */
export function askedFrom(env: NodeJS.ProcessEnv = process.env): string {
  return env.INIT_CWD ?? env.PWD ?? process.cwd();
}
