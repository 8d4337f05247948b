/** What is sealed of an inbound text. */
export interface SealedText {
  /** Who wrote, and to which of our numbers. */
  from: string;
  to: string;
  text: string;
}

export function writeSealedText({ from, to, text }: SealedText): string {
  return JSON.stringify({ from, to, text: text.toWellFormed() });
}

/** The reverse of `writeSealedText`; what is missing is empty. */
export function readSealedText(sealed: string): SealedText {
  const parsed: unknown = JSON.parse(sealed);
  const fields = new Map(Object.entries(typeof parsed === 'object' && parsed ? parsed : {}));
  const field = (name: keyof SealedText) => {
    const value: unknown = fields.get(name);
    return typeof value === 'string' ? value : '';
  };
  return { from: field('from'), to: field('to'), text: field('text') };
}
