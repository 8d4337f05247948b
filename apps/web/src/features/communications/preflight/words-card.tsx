import type { Preflight } from '@wedsync/contracts/communications-control';
import { Card } from '@wedsync/ui/card';
import { StatusDot } from '@wedsync/ui/status-dot';
import { plural } from '../../../lib/format.ts';
import { fieldWords, languageWords } from '../message-words.ts';

/** In which languages guests read it, and which fields stay empty for some. */
export function WordsCard({ preflight }: { preflight: Preflight }) {
  const { languages, missingFields } = preflight;
  return (
    <Card title="Words">
      <ul className="m-0 list-none space-y-1.5 p-0">
        {languages.map(({ language, count, worded }) => (
          <li key={language} className="flex flex-wrap justify-between gap-x-4">
            <StatusDot tone={worded ? 'positive' : 'caution'} isLong>
              {languageWords(language)}
              {worded ? '' : ': no text, they read the default one'}
            </StatusDot>
            <span className="tabular text-ink-soft">{plural(count, 'guest')}</span>
          </li>
        ))}
      </ul>
      <h3 className="mt-4 font-medium">Empty fields</h3>
      {missingFields.length > 0 ? (
        <ul className="m-0 mt-1.5 list-none space-y-1.5 p-0">
          {missingFields.map(({ field, guests, example }) => (
            <li key={field}>
              <StatusDot tone="caution" isLong>
                {fieldWords(field)}
              </StatusDot>{' '}
              <span className="text-ink-soft text-sm">
                empty for {plural(guests, 'guest')}
                {example ? `, for example ${example}` : ''}
              </span>
            </li>
          ))}
        </ul>
      ) : (
        <p className="mt-1 text-ink-soft">Every field has a value for every guest.</p>
      )}
    </Card>
  );
}
