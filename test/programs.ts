/** Programs that some tests run where they are installed. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * The path of a program: what the environment variable of its name says (`CHROMIUM=/path`), else the first of `commands` on the PATH.
 * Without it the test is skipped and says so; it fails where NDRAND_REQUIRE, a list of names, asks for it.
 */
export function program(skip: (note: string) => never, name: string, commands: readonly string[] = [name]): string {
  const given = process.env[name.toUpperCase()];
  const places = given ? [given] : commands.flatMap(command => process.env.PATH!.split(delimiter).map(folder => join(folder, command)));
  const path = places.find(isProgram);
  if (path !== undefined) return path;
  const note = given ? `${name.toUpperCase()}=${given} is no program` : `${name} is not installed: no ${commands.join(', ')} on the PATH`;
  if (given || process.env.NDRAND_REQUIRE?.split(',').includes(name)) throw new Error(note);
  console.warn(`skipped: ${note}`);
  return skip(note);
}
