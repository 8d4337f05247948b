import type { Place } from '@wedsync/communications/testing/rig';
import type { TestDatabase } from '@wedsync/db/testing/database';
import { type LoadFigures, measureLoad } from '../load.ts';
import { atLeast, atMost, type Measure, median } from '../report.ts';
import { openMailingRig, sendOnce } from './mailing.ts';
import { startSmtpSink } from './smtp-tools.ts';

const rounds = 3;
const minuteS = 60;
const hourS = 3_600;

async function mailingRate(
  db: TestDatabase,
  { place, guests, redisUrl }: { place: Place; guests: number; redisUrl?: string | undefined },
): Promise<number> {
  const sink = await startSmtpSink();
  const rig = await openMailingRig(db, { guests, smtpUrl: sink.url, redisUrl, place });
  try {
    await sendOnce(rig, guests);
    const rates: number[] = [];
    for (let round = 0; round < rounds; round++) {
      rates.push((await sendOnce(rig, guests)).perSecond);
    }
    return median(rates);
  } finally {
    await rig.stop();
    await sink.stop();
  }
}

export interface FloorOptions {
  place: Place;
  guests: number;
  redisUrl: string | undefined;
  eventsPerSecond: number;
}

/** What the customer asked for at least, beside what is reached, on both backends of the queue. */
export async function measureFloors(db: TestDatabase, options: FloorOptions): Promise<Measure[]> {
  const backends = [
    { name: 'PostgreSQL', redisUrl: undefined },
    ...(options.redisUrl ? [{ name: 'Redis', redisUrl: options.redisUrl }] : []),
  ];
  const measures: Measure[] = [];
  for (const { name, redisUrl } of backends) {
    const perSecond = await mailingRate(db, { ...options, redisUrl });
    const floor = (measure: string, unit: string, value: number) => ({
      measure: `floor, ${name}: ${measure}`,
      value: Math.round(value),
      unit,
      yardstick: `mailings to ${options.guests.toLocaleString('en')}, everything on`,
    });
    measures.push(
      atLeast(10_000, floor('e-mails', '/min', perSecond * minuteS)),
      atLeast(500_000, floor('recipients', '/h', perSecond * hourS)),
      atLeast(50_000, floor('renders, each of them sent', '/min', perSecond * minuteS)),
    );
    measures.push(
      mixedOperations(name, await measureLoad(db, { users: 2_000, seconds: 20, redisUrl })),
    );
  }
  const yardstick = 'a tenth of them twice, in no order';
  measures.push(
    atLeast(100_000, {
      measure: 'floor: status updates',
      value: Math.round(options.eventsPerSecond * minuteS),
      unit: '/min',
      yardstick,
    }),
  );
  return measures;
}

const mixedOperations = (name: string, { p99Ms, successPercent, perSecond }: LoadFigures) =>
  atMost(5_000, {
    measure: `floor, ${name}: 2,000 mixed operations at once, p99`,
    value: p99Ms,
    unit: 'ms',
    yardstick: `${perSecond.toFixed(0)}/s, ${successPercent.toFixed(2)} % answered`,
  });
