import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lostPlaceholders, mjmlIssues } from './mjml-source.ts';

const page = (content: string) =>
  `<mjml><mj-body><mj-section><mj-column>${content}</mj-column></mj-section></mj-body></mjml>`;

describe('what is read of a layout', () => {
  it.each([
    '<mj-text>plain</mj-text>',
    '<mj-text color="#333" font-size="18px">Dear <b>{{ names }}</b>,<br/>\nhello<br></mj-text>',
    "<mj-image src='https://example.com/a.png' alt='We two' />",
    '<mj-button href="{{ rsvp_link }}">Answer</mj-button>',
    '<mj-text><a href="mailto:ana@example.com">write</a> <a href="tel:+351912345678">call</a></mj-text>',
    '<!-- a note --><mj-divider border-color="#ddd" /><mj-spacer height="20px" />',
    '<mj-text><p style="color:#333;margin:0">x</p></mj-text>',
  ])('%s is allowed', (content) => {
    expect(mjmlIssues(page(content))).toEqual([]);
  });

  it.each([
    '<mj-text><SCRIPT>x</SCRIPT></mj-text>',
    '<mj-text><scr\nipt>x</scr\nipt></mj-text>',
    '<mj-text><img src="https://example.com/x.png" OnError="x()"></mj-text>',
    '<mj-text><a href=" javascript:x()">x</a></mj-text>',
    '<mj-text><a href="java&#115;cript:x()">x</a></mj-text>',
    '<mj-text><a href="data:text/html,x">x</a></mj-text>',
    '<mj-text><a href="//example.com">x</a></mj-text>',
    '<mj-text><svg onload="x()"></svg></mj-text>',
    '<mj-text><style>@import "x"</style></mj-text>',
    '<mj-text><p style="width:expr\\65 ssion(x)">x</p></mj-text>',
    '<mj-text><!--[if mso]><b>x</b><![endif]--></mj-text>',
    '<mj-text><![CDATA[<script>]]></mj-text>',
    '<mj-text css-class="a" background-url="https://example.com/{{ names }}" href="{{ names }}">x</mj-text>',
    '<mj-style>a{color:red}</mj-style><mj-style>b{background:URL (x)}</mj-style>',
    '<mj-raw><iframe src="https://example.com"></iframe></mj-raw>',
    '<mj-raw><meta http-equiv="refresh" content="0"></mj-raw>',
    '<mj-raw><link rel="stylesheet" href="https://example.com/x.css"></mj-raw>',
    '<mj-include path="../../x.mjml" />',
  ])('%s is refused', (content) => {
    expect(mjmlIssues(page(content))).not.toEqual([]);
  });

  it('is never more than anybody wants to read, and never an exception', () => {
    const pieces = fc.constantFrom(
      ...[
        '<',
        '>',
        '/',
        '"',
        "'",
        '=',
        ' ',
        '\n',
        '<!--',
        '-->',
        '<mj-text',
        '</mj-text>',
        '<a href="',
      ],
      ...['{{', '}}', '{%', '%}', 'x', '<mj-style>', '</mj-style>', '<br>', '\u0000', '\uD800'],
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 200 }), (parts) => {
        const source = parts.join('');
        const issues = mjmlIssues(source);
        expect(issues.length).toBeLessThanOrEqual(40);
        for (const { line } of issues) expect(line).toBeGreaterThanOrEqual(1);
        lostPlaceholders(source, source.slice(1));
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['blanks', `<a${' '.repeat(90_000)}`],
    ['attributes', `<a ${'b '.repeat(45_000)}`],
    ['opened tags', '<a'.repeat(45_000)],
    ['quotes', `<a b="${'"'.repeat(90_000)}`],
    ['comments', '<!--'.repeat(22_000)],
    ['placeholders', '{{'.repeat(45_000)],
  ])('of 90,000 %s is read at once', (_what, source) => {
    // Quadratic work would outlast the time that a test has.
    expect(mjmlIssues(source)).not.toEqual([]);
    expect(lostPlaceholders(source, source)).toEqual([]);
  });
});
