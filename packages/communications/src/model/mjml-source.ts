/** What is wrong with a piece of MJML, where. */
export interface MjmlIssue {
  /** 1-based. */
  line: number;
  message: string;
}

/**
 * Components that compile to tables and text. Left out on purpose: mj-include (reads files), mj-font
 * (remote style sheets), mj-carousel, mj-accordion and mj-navbar (form fields), mj-social (images of a
 * third party), mj-html-attributes (rewrites attributes after they were checked).
 */
const components = new Set([
  'mjml',
  'mj-all',
  'mj-attributes',
  'mj-body',
  'mj-breakpoint',
  'mj-button',
  'mj-class',
  'mj-column',
  'mj-divider',
  'mj-group',
  'mj-head',
  'mj-hero',
  'mj-image',
  'mj-preview',
  'mj-raw',
  'mj-section',
  'mj-spacer',
  'mj-style',
  'mj-table',
  'mj-text',
  'mj-title',
  'mj-wrapper',
]);

/** HTML for running text; everything that loads, runs or submits something is missing. */
const html = new Set(
  'a b blockquote br center div em h1 h2 h3 h4 hr i img li ol p s small span strong sub sup table tbody td th thead tr u ul'.split(
    ' ',
  ),
);
const voidElements = new Set(['br', 'hr', 'img']);
const urlAttributes = new Set(['href', 'src', 'background', 'background-url', 'srcset', 'action']);
const attributesMax = 60;
const depthMax = 60;
const issuesMax = 20;

const safeUrl = /^(?:https?:\/\/[^\s{}]|mailto:[^\s{}]|tel:[+\d]|#)/i;
const linkField = /^\{\{-?\s*rsvp_link\s*-?\}\}$/;
const placeholder = /\{\{|\{%/;
const activeCss =
  /url\s*\(|@import|@charset|expression\s*\(|javascript:|behaviou?r\s*:|-moz-binding|\\/i;

const openTag = /<(\/?)([A-Za-z][A-Za-z0-9-]*)/y;
const attribute = /\s+([^\s"'<>/=]+)(?:\s*=\s*("[^"]*"|'[^']*'))?/y;
const tagEnd = /\s*(\/?)>/y;
const comment = /<!--(?!\[)(?:(?!--)[\s\S])*-->/y;

function attributeProblem(name: string, value: string): string | undefined {
  if (/^on/i.test(name)) return `"${name}" would run a script. Remove it.`;
  if (name.toLowerCase() === 'style' || name.toLowerCase() === 'css') {
    if (placeholder.test(value)) return 'Placeholders cannot stand in a style.';
    if (activeCss.test(value)) return 'A style may not load anything. Remove the url().';
    return undefined;
  }
  const trimmed = value.trim();
  if (urlAttributes.has(name.toLowerCase())) {
    if (trimmed === '' || safeUrl.test(trimmed) || linkField.test(trimmed)) return undefined;
    return `"${name}" must be a web address that begins with https://, or {{ rsvp_link }}.`;
  }
  if (/^(?:javascript|vbscript|data|file):/i.test(trimmed) || activeCss.test(value)) {
    return `The value of "${name}" is not allowed in an e-mail.`;
  }
  return undefined;
}

/** Reads a document tag by tag, stricter than the compiler: what it does not know is refused. */
class Scanner {
  readonly issues: MjmlIssue[] = [];
  private readonly open: { name: string; at: number }[] = [];
  private readonly source: string;
  private position = 0;

  constructor(source: string) {
    this.source = source;
  }

  private refuse(at: number, message: string): void {
    const line = this.source.slice(0, at).split('\n').length;
    this.issues.push({ line, message });
  }

  private match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.source);
    if (found) this.position = pattern.lastIndex;
    return found;
  }

  private close(name: string, at: number): void {
    const last = this.open.pop();
    if (last?.name === name) return;
    if (last) this.refuse(last.at, `<${last.name}> is not closed before </${name}>.`);
    else this.refuse(at, `</${name}> closes nothing.`);
    // Down to the element that is meant, so that one slip is reported once.
    const meant = this.open.findLastIndex((element) => element.name === name);
    if (meant >= 0) this.open.length = meant;
  }

  private attributes(name: string, at: number): void {
    for (let count = 0; ; count++) {
      const found = this.match(attribute);
      if (!found) return;
      const [, key = '', quoted] = found;
      const problem = attributeProblem(key, quoted?.slice(1, -1) ?? '');
      if (problem) this.refuse(at, `<${name}>: ${problem}`);
      if (count >= attributesMax) {
        this.refuse(at, `<${name}> has too many attributes.`);
        return;
      }
    }
  }

  private style(at: number): void {
    const end = this.source.indexOf('</mj-style', this.position);
    const css = this.source.slice(this.position, end < 0 ? undefined : end);
    if (placeholder.test(css)) this.refuse(at, 'Placeholders cannot stand in a style.');
    if (activeCss.test(css) || css.includes('<')) {
      this.refuse(at, 'Styles may not load anything: no @import, no url().');
    }
    this.position = end < 0 ? this.source.length : end;
  }

  private tag(at: number): void {
    if (this.match(comment)) return;
    const found = this.match(openTag);
    if (!found) {
      this.position = at + 1;
      this.refuse(at, 'Write &lt; for a less-than sign; other "<" must begin a tag.');
      return;
    }
    const [, slash = '', written = ''] = found;
    const name = written.toLowerCase();
    const isKnown = components.has(name) || html.has(name);
    if (!isKnown && !slash) this.refuse(at, `<${name}> is not allowed in an e-mail.`);
    this.attributes(name, at);
    const end = this.match(tagEnd);
    if (!end) {
      this.refuse(at, `<${name}> cannot be read: put every value in quotes and end it with >.`);
      // On after the tag as it was probably meant, so that the next issue is a real one.
      this.position = Math.max(this.position, this.source.indexOf('>', this.position) + 1);
    }
    if (slash) this.close(name, at);
    if (slash || end?.[1] || voidElements.has(name)) return;
    this.open.push({ name, at });
    if (this.open.length > depthMax) this.refuse(at, 'The layout is nested too deeply.');
    if (name === 'mj-style') this.style(at);
  }

  run(): MjmlIssue[] {
    while (this.issues.length < issuesMax) {
      const at = this.source.indexOf('<', this.position);
      if (at < 0) break;
      this.position = at;
      this.tag(at);
    }
    for (const { name, at } of this.open.slice(0, issuesMax - this.issues.length)) {
      this.refuse(at, `<${name}> is never closed.`);
    }
    return this.issues;
  }
}

/**
 * Everything in a piece of MJML that may not go into an e-mail: unknown or active elements, scripts,
 * forms, remote style sheets, file access, and tags that do not match. Empty when it may be compiled.
 */
export function mjmlIssues(source: string): MjmlIssue[] {
  const issues = new Scanner(source).run();
  if (issues.length === 0 && !/^\s*<mjml[\s>]/.test(source)) {
    return [{ line: 1, message: 'The layout must begin with <mjml> and hold an <mj-body>.' }];
  }
  return issues.sort((left, right) => left.line - right.line);
}

const opening = /\{\{|\{%/g;

/** Placeholders in reading order. By search and not by pattern: what is never closed costs no time. */
function placeholdersIn(text: string): { token: string; at: number }[] {
  const found: { token: string; at: number }[] = [];
  const lastClose = { '{{': text.lastIndexOf('}}'), '{%': text.lastIndexOf('%}') };
  opening.lastIndex = 0;
  for (let match = opening.exec(text); match; match = opening.exec(text)) {
    const isOutput = match[0] === '{{';
    const at = match.index;
    if (lastClose[isOutput ? '{{' : '{%'] < at + 2) continue;
    const end = text.indexOf(isOutput ? '}}' : '%}', at + 2) + 2;
    found.push({ token: text.slice(at, end), at });
    opening.lastIndex = end;
  }
  return found;
}

/**
 * Placeholders that stood between the components of a layout and that the compiler therefore dropped,
 * by their lines.
 */
export function lostPlaceholders(source: string, compiled: string): MjmlIssue[] {
  const kept = new Map<string, number>();
  for (const { token } of placeholdersIn(compiled)) kept.set(token, (kept.get(token) ?? 0) + 1);
  const issues: MjmlIssue[] = [];
  for (const { token, at } of placeholdersIn(source)) {
    const left = kept.get(token) ?? 0;
    kept.set(token, left - 1);
    if (left > 0) continue;
    issues.push({
      line: source.slice(0, at).split('\n').length,
      message: `${token} would be lost here. Put it into an <mj-text>, or into an <mj-raw> between sections.`,
    });
    if (issues.length >= issuesMax) break;
  }
  return issues;
}
