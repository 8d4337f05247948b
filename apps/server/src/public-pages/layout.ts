import { html, raw } from 'hono/html';
import { assetUrls } from './assets.ts';

export type Html = ReturnType<typeof html>;

export interface PageParts {
  title: string;
  body: Html;
  /** Loads the optional script; the page works without it. */
  withScript?: boolean;
}

/** The shell of every public page: no cookies, nothing from elsewhere, not for search engines. */
export function page({ title, body, withScript = false }: PageParts): Html {
  const script = withScript ? html`<script src="${assetUrls.script}" defer></script>` : raw('');
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex, nofollow">
<meta name="format-detection" content="telephone=no">
<title>${title}</title>
<link rel="stylesheet" href="${assetUrls.styles}">
${script}
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;
}

/** A page with a heading and a few sentences, for everything that is not a form. */
export function notice(heading: string, paragraphs: readonly string[], more?: Html): Html {
  return page({
    title: heading,
    body: html`<div class="sheet notice">
<h1>${heading}</h1>
${paragraphs.map((text) => html`<p>${text}</p>`)}
${more ?? ''}
</div>`,
  });
}
