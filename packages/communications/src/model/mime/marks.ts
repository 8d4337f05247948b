import { type MergeFieldName, mergeFields } from '@wedsync/contracts/communications-templates';

/** A merge field, or the link to unsubscribe that the layout adds. */
export type FieldName = MergeFieldName | 'unsubscribe_link';

export const fieldNames: readonly FieldName[] = [
  ...mergeFields.map(({ name }) => name),
  'unsubscribe_link',
];

/**
 * Marks stand for what differs from guest to guest while a layout is worked out once. They are made
 * of noncharacters (Unicode §23.7), which text for interchange never holds and `withoutMarks` drops.
 */
const open = '\uFDD0';
const whenOpen = '\uFDD1';
const whenClose = '\uFDD2';
const firstName = 0xfd_d8;
const noncharacters = /[\uFDD0-\uFDEF]/g;

const letterOf = (field: FieldName) => String.fromCharCode(firstName + fieldNames.indexOf(field));

/** Stands for the value of a field. */
export const fieldMark = (field: FieldName) => open + letterOf(field);

/** Text that only appears for guests for whom the field is not empty. */
export const whenFilled = (field: FieldName, text: string) =>
  whenOpen + letterOf(field) + text + whenClose;

export const withoutMarks = (text: string) => text.replace(noncharacters, '\uFFFD');

/** The field whose mark is all of the text. */
export function loneField(text: string): FieldName | undefined {
  return text.length === 2 && text.startsWith(open) ? nameAt(text, 1) : undefined;
}

function nameAt(text: string, index: number): FieldName | undefined {
  return fieldNames[text.charCodeAt(index) - firstName];
}

/** Text in order: a constant, a field's value, or what appears only when a field has a value. */
export type Segment =
  | { kind: 'text'; text: string }
  | { kind: 'field'; field: FieldName }
  | { kind: 'when'; field: FieldName; segments: Segment[] };

/** Takes marked text apart. */
export function toSegments(marked: string): Segment[] {
  const stack: Segment[][] = [[]];
  let from = 0;
  const add = (segment: Segment) => stack.at(-1)?.push(segment);
  const addText = (to: number) => {
    if (to > from) add({ kind: 'text', text: marked.slice(from, to) });
  };
  for (let index = 0; index < marked.length; index++) {
    const character = marked[index];
    if (character === whenClose) {
      addText(index);
      if (stack.length > 1) stack.pop();
      from = index + 1;
      continue;
    }
    if (character !== open && character !== whenOpen) continue;
    addText(index);
    const field = nameAt(marked, index + 1);
    index++;
    from = index + 1;
    if (!field) continue;
    if (character === open) add({ kind: 'field', field });
    else {
      const segments: Segment[] = [];
      add({ kind: 'when', field, segments });
      stack.push(segments);
    }
  }
  addText(marked.length);
  return stack[0] ?? [];
}
