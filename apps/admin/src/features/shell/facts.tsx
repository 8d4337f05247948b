import type { ReactNode } from 'react';

/** Names and values, one line each; of a drawer or card. */
export function Facts({ facts }: { facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="m-0 grid grid-cols-[fit-content(10rem)_1fr] gap-x-5 gap-y-2 text-base">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-ink-soft">{name}</dt>
          <dd className="wrap-anywhere m-0 min-w-0">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
