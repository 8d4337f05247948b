import { type CompiledWording, compileWording } from './wording.ts';

/** A wording with the language it is in. */
interface Worded {
  language: string;
  subject: string;
  body: string;
}

/**
 * Compiles each wording when its first reader comes.
 * @throws where the channel has no wording; a message is only sent with one
 */
export function createWordingCompiler<W extends Worded>(
  of: (language: string | null) => W | undefined,
): (language: string | null) => { compiled: CompiledWording; language: string } {
  const known = new Map<W, CompiledWording>();
  return (language) => {
    const wording = of(language);
    if (!wording) throw new Error('the message has no wording for this channel');
    const compiled = known.get(wording) ?? compileWording(wording);
    known.set(wording, compiled);
    return { compiled, language: wording.language };
  };
}
