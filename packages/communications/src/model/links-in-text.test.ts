import { expect, it } from 'vitest';
import { linksIn, linksMax } from './links-in-text.ts';

it('the links of a message are found once each, without the punctuation after them', () => {
  const body =
    'See https://example.com/map. Or (https://example.com/a?b=1&c=2)!\n\n{{ rsvp_link }} https://example.com/map';
  expect(linksIn([{ body, html: null }])).toEqual([
    'https://example.com/map',
    'https://example.com/a?b=1&c=2',
  ]);
});

it('links and pictures of a layout count, what a guest fills in does not', () => {
  const html =
    '<a href="https://example.com/x?a=1&amp;b=2">x</a><img src="https://example.com/p.png"><a href="{{ rsvp_link }}"><a href="https://example.com/{{ names }}">';
  expect(linksIn([{ body: '', html }])).toEqual([
    'https://example.com/x?a=1&b=2',
    'https://example.com/p.png',
  ]);
});

it('nobody can make the server ask a thousand pages', () => {
  const body = Array.from({ length: 200 }, (_, index) => `https://example.com/${index}`).join(' ');
  expect(linksIn([{ body, html: null }])).toHaveLength(linksMax);
});
