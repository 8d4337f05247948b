import type { MessagePreview } from '@wedsync/contracts/communications-templates';
import { languageWords } from '../message-words.ts';

export interface PreviewLook {
  width: 'desktop' | 'phone';
  theme: 'light' | 'dark';
}

const darkRules = /@media\s*\(\s*prefers-color-scheme\s*:\s*dark\s*\)/g;

/** The mail's own dark rules, on or off whatever the theme of this browser is. */
const inTheme = (html: string, theme: PreviewLook['theme']) =>
  html.replaceAll(darkRules, theme === 'dark' ? '@media all' : '@media not all');

/** A message as it arrives: a mail in its window, a text in its bubble, a note on its page. */
export function PreviewFrame({ preview, look }: { preview: MessagePreview; look: PreviewLook }) {
  const { channel, to, from, subject, html, text, language } = preview;
  const scheme = look.theme === 'dark' ? '[color-scheme:dark]' : '[color-scheme:light]';
  return (
    <div
      className={`overflow-hidden rounded-lg border border-line ${look.width === 'phone' ? 'mx-auto max-w-[375px]' : ''}`}
    >
      <dl className="m-0 grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5 border-line border-b bg-sunken px-4 py-2.5 text-sm">
        {channel === 'email' ? (
          <>
            <dt className="text-ink-soft">To</dt>
            <dd className="m-0 truncate">{to ?? 'No address: nothing is sent'}</dd>
          </>
        ) : null}
        <dt className="text-ink-soft">From</dt>
        <dd className="m-0 truncate">{from}</dd>
        {channel === 'email' ? (
          <>
            <dt className="text-ink-soft">Subject</dt>
            <dd className="m-0 font-medium">{subject}</dd>
          </>
        ) : null}
        <dt className="text-ink-soft">In</dt>
        <dd className="m-0">{languageWords(language)}</dd>
      </dl>
      {channel === 'email' ? (
        <iframe
          title="Preview of the e-mail"
          // No scripts and no origin of ours: what planners write stays in its box.
          sandbox=""
          srcDoc={inTheme(html, look.theme)}
          className={`block h-[34rem] w-full border-0 bg-raised ${scheme}`}
        />
      ) : (
        <div className={`bg-canvas px-4 py-8 text-ink ${scheme}`}>
          <p
            lang={language}
            className={`whitespace-pre-wrap break-words text-base ${channel === 'sms' ? 'ml-auto max-w-[80%] rounded-xl rounded-br-sm bg-accent-soft px-4 py-2.5' : 'rounded-lg border border-line bg-surface px-4 py-3 shadow-card'}`}
          >
            {text}
          </p>
        </div>
      )}
    </div>
  );
}
