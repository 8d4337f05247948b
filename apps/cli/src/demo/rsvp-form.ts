/** One input of a page's form, as it stands in the HTML. */
interface FormField {
  type: string;
  name: string;
  value: string;
  checked: boolean;
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
const decoded = (text: string) =>
  text.replace(/&(#39|\w+);/g, (whole, name: string) => entities[name] ?? whole);

const attribute = (tag: string, name: string) =>
  decoded(new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '');

function fieldsOf(html: string): FormField[] {
  const inputs = [...html.matchAll(/<input\b[^>]*>/g)].map(([tag]) => ({
    type: attribute(tag, 'type'),
    name: attribute(tag, 'name'),
    value: attribute(tag, 'value'),
    checked: /\schecked\b/.test(tag),
  }));
  const areas = [...html.matchAll(/(<textarea\b[^>]*>)([^<]*)<\/textarea>/g)].map(
    ([, tag = '', text = '']) => ({
      type: 'textarea',
      name: attribute(tag, 'name'),
      value: decoded(text),
      checked: false,
    }),
  );
  return [...inputs, ...areas];
}

/** What a guest without JavaScript posts: the form's own fields, with answers chosen. */
export interface FilledForm {
  body: URLSearchParams;
  /** Answers given, one per guest and event. */
  answers: string[];
}

/**
 * Fills the answer page: `choose` gives the answer to the n-th question of who comes to what;
 * everything else is sent back as it stands.
 */
export function fillRsvpForm(html: string, choose: (index: number) => string): FilledForm {
  const body = new URLSearchParams();
  const answers = new Map<string, string>();
  for (const { type, name, value, checked } of fieldsOf(html)) {
    if (name.startsWith('answer.')) {
      if (!answers.has(name)) answers.set(name, choose(answers.size));
    } else if (name && (checked || (type !== 'radio' && type !== 'checkbox'))) {
      body.append(name, value);
    }
  }
  for (const [name, value] of answers) body.append(name, value);
  body.append('all', '');
  return { body, answers: [...answers.values()] };
}
