import type { Option } from '@wedsync/ui/select';

const named = (type: 'region' | 'language' | 'currency') => {
  const names = new Intl.DisplayNames(navigator.language, { type });
  return (code: string) => names.of(code) ?? code;
};

const sorted = (options: Option[]) => options.sort((a, b) => a.label.localeCompare(b.label));

/** Lists are long to build and never change: each is built when first asked for. */
function once<T>(build: () => T): () => T {
  let built: T | undefined;
  return () => {
    built ??= build();
    return built;
  };
}

export const zoneOptions = once(() =>
  Intl.supportedValuesOf('timeZone').map(
    (zone): Option => ({ value: zone, label: zone.replaceAll('_', ' ').replaceAll('/', ', ') }),
  ),
);

export const currencyOptions = once(() => {
  const name = named('currency');
  return sorted(
    Intl.supportedValuesOf('currency').map((code) => ({
      value: code,
      label: `${name(code)} (${code})`,
    })),
  );
});

/** Languages in which dates and numbers of invitations can be written. */
const languages = [
  ...['en', 'en-GB', 'en-US', 'pt', 'pt-PT', 'pt-BR', 'es', 'fr', 'de', 'it', 'nl', 'pl'],
  ...['sv', 'da', 'nb', 'fi', 'cs', 'sk', 'hu', 'ro', 'el', 'tr', 'ja', 'ko', 'zh'],
];

export const languageOptions = once(() => {
  const name = named('language');
  return languages.map((tag): Option => ({ value: tag, label: name(tag) }));
});

const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode(65 + index));

/** Two-letter codes that are no country of their own, or an older name of one. */
const notCountries = new Set(
  'AC AN BU CP CQ CS DD DG DY EA EU EZ FX HV IC JT MI NH NQ NT PC PU PZ QO RH SU TA TP UK UN VD WK XA XB XK YD YU ZR ZZ'.split(
    ' ',
  ),
);

export const countryOptions = once(() => {
  const names = new Intl.DisplayNames(navigator.language, { type: 'region', fallback: 'none' });
  const codes = letters.flatMap((first) => letters.map((second) => first + second));
  return sorted(
    codes.flatMap((code) => {
      const label = notCountries.has(code) ? undefined : names.of(code);
      return label ? [{ value: code, label }] : [];
    }),
  );
});

/** The country and zone of this device, to start from. */
export function hereDefaults() {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  const region = new Intl.Locale(navigator.language).maximize().region ?? 'GB';
  const known = countryOptions().some(({ value }) => value === region);
  return { timeZone, defaultCountry: known ? region : 'GB' };
}
