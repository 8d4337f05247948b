import { afterAll, describe, expect, it } from 'vitest';
import { createMjmlCompiler } from './mjml-compiler.ts';

const compiler = createMjmlCompiler();
afterAll(() => compiler.close());

const page = (content: string) =>
  `<mjml>\n<mj-body>\n<mj-section><mj-column>\n${content}\n</mj-column></mj-section>\n</mj-body>\n</mjml>`;
const compile = (content: string) => compiler.compile(page(content), 'de');

describe('a layout', () => {
  it('keeps its merge fields and conditions, in HTML and in the text part', async () => {
    const { html, plainText, issues } = await compile(
      `<mj-text>{% if venue %}Dear {{ names | default: "friends" }},<br/>see you{% endif %}</mj-text>
      <mj-button href="{{ rsvp_link }}">Answer</mj-button>`,
    );
    expect(issues).toEqual([]);
    for (const token of ['{% if venue %}', '{{ names | default: "friends" }}', '{% endif %}']) {
      expect(html).toContain(token);
      expect(plainText).toContain(token);
    }
    expect(html).toContain('href="{{ rsvp_link }}"');
    expect(plainText).toContain('{{ rsvp_link }}');
    expect(html).toContain('<html lang="de" dir="ltr"');
  });

  it('refers to nothing on another server by itself', async () => {
    const { html } = await compile('<mj-text font-family="Roboto">Hello</mj-text>');
    expect(html).not.toMatch(/<link|@import|googleapis/);
  });

  it('is refused where the compiler would drop a placeholder, with the line', async () => {
    const { issues } = await compile('{% if venue %}\n<mj-text>{{ venue }}</mj-text>\n{% endif %}');
    expect(issues.map(({ line }) => line)).toEqual([4, 6]);
    expect(issues[0]?.message).toContain('mj-raw');
  });

  it('is refused with the words of the compiler where an attribute is wrong', async () => {
    const { issues } = await compile('<mj-text colour="red">x</mj-text>');
    expect(issues).toEqual([{ line: 4, message: expect.stringContaining('colour') }]);
  });

  it.each([
    ['a script', '<mj-raw><script>alert(1)</script></mj-raw>', /script/],
    ['a form', '<mj-text><form action="https://example.com"></form></mj-text>', /form/],
    ['an include', '<mj-include path="/etc/passwd" />', /mj-include/],
    ['a remote font', '<mj-font name="x" href="https://example.com/x.css" />', /mj-font/],
    ['a remote style', '<mj-style>@import "https://example.com/x.css";</mj-style>', /load/],
    ['an image in a style', '<mj-text><p style="background:url(//x)">x</p></mj-text>', /load/],
    ['an event handler', '<mj-text><a href="#" onclick="x()">x</a></mj-text>', /onclick/],
    ['a script as address', '<mj-button href="javascript:x()">x</mj-button>', /https/],
    ['a name as address', '<mj-button href="{{ names }}">x</mj-button>', /rsvp_link/],
    ['a value without quotes', '<mj-text color=red>x</mj-text>', /quotes/],
    ['a tag that is not closed', '<mj-text><b>x</mj-text>', /<b> is not closed/],
    ['a lone less-than sign', '<mj-text>1 < 2</mj-text>', /&lt;/],
    ['a conditional comment', '<mj-text><!--[if mso]>x<![endif]--></mj-text>', /<!?|&lt;/],
    ['a merge field in a style', '<mj-text><p style="color:{{ names }}">x</p></mj-text>', /style/],
  ])('is refused with %s', async (_what, content, message) => {
    const { html, issues } = await compile(content);
    expect(html).toBeNull();
    expect(issues[0]?.line).toBe(4);
    expect(issues[0]?.message).toMatch(message);
  });

  it('is refused when it is text, a megabyte or nested without end', async () => {
    expect((await compiler.compile('Dear guests', 'en')).issues[0]?.message).toMatch(/<mjml>/);
    const deep = await compile(`<mj-text>${'<div>'.repeat(500)}${'</div>'.repeat(500)}</mj-text>`);
    expect(deep.issues[0]?.message).toMatch(/nested/);
    const long = await compile(`<mj-text>${'word '.repeat(200_000)}</mj-text>`);
    expect(long.issues[0]?.message).toMatch(/250,000|too l/);
  });
});

describe('the thread', () => {
  it('is ended with a layout that takes too long, and the next one gets a new thread', async () => {
    const hasty = createMjmlCompiler({ timeoutMs: 1 });
    const { issues } = await hasty.compile(page('<mj-text>Hello</mj-text>'), 'en');
    expect(issues[0]?.message).toMatch(/too long/);
    hasty.close();
    expect((await compile('<mj-text>Hello</mj-text>')).issues).toEqual([]);
  });

  it('leaves the process free to answer while it compiles', async () => {
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    await compile('<mj-text>free</mj-text>'.repeat(400));
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(3);
  });
});
