/**
 * Nothing of a mail may run or load: the sandbox forbids scripts, forms and this page's origin, and
 * the policy forbids everything but the mail's own styles. Links open in a new tab.
 */
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
const head = [
  `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
  '<meta name="referrer" content="no-referrer">',
  '<base target="_blank">',
].join('');

/** A mail as its recipient would have seen it, always on white: mails do not know our themes. */
export function MailHtml({ html }: { html: string }) {
  return (
    <iframe
      title="The mail as it was sent"
      sandbox="allow-popups allow-popups-to-escape-sandbox"
      srcDoc={`${head}${html}`}
      className="h-[min(70dvh,60rem)] w-full rounded-lg border border-line bg-[white] [color-scheme:light]"
    />
  );
}
