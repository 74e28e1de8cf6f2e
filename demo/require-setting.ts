/** A setting that the program cannot run without. */
export function requireSetting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set. \`npm start\` sets it; see the README of the demo servers.`);
  return value;
}
