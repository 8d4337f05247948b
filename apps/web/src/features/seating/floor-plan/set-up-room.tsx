import { useMutation, useQuery } from '@tanstack/react-query';
import type { WeddingEvent } from '@wedsync/contracts/weddings';
import { Button } from '@wedsync/ui/button';
import { Callout } from '@wedsync/ui/callout';
import { FailureNote } from '@wedsync/ui/failure-view';
import { Form } from '@wedsync/ui/form';
import { NumberField } from '@wedsync/ui/number-field';
import { RadioGroup } from '@wedsync/ui/radio-group';
import { Switch } from '@wedsync/ui/switch';
import { useState } from 'react';
import { plural } from '../../../lib/format.ts';
import { queryClient } from '../../../lib/query-client.ts';
import { trpc } from '../../../lib/trpc.ts';
import { type Arrangement, planRoom, type RoomSize, usualRoom } from './geometry/room-templates.ts';
import { MetresField } from './metres.tsx';
import { RoomPreview } from './room-preview.tsx';

const arrangementWords: Record<Arrangement, { label: string; note: string }> = {
  'rounds-8': { label: 'Round tables of 8', note: '1.52 m across' },
  'rounds-10': { label: 'Round tables of 10', note: '1.83 m across' },
  banquet: { label: 'Banquet tables of 8', note: '1.83 × 0.76 m' },
  'long-rows': { label: 'Long rows of 20', note: '6 × 0.76 m' },
  empty: { label: 'No tables yet', note: 'Only the room' },
};

/** Guests who may come to the event, from the list of guests: as many seats are wanted. */
function useExpected(weddingId: string, eventId: string): number {
  const { data } = useQuery(trpc.guests.summary.queryOptions({ weddingId }));
  const answers = data?.events.find((event) => event.eventId === eventId);
  return answers ? answers.yes + answers.unsure + answers.outstanding : 0;
}

/** The first step of a seating: how large the room is and how the tables stand in it. */
export function SetUpRoom({ weddingId, event }: { weddingId: string; event: WeddingEvent }) {
  const expected = useExpected(weddingId, event.id);
  const [guests, setGuests] = useState<number | null>(null);
  const [arrangement, setArrangement] = useState<Arrangement>('rounds-8');
  /** Null: as large as the guests need. */
  const [own, setOwn] = useState<RoomSize | null>(null);
  const [hasHeadTable, setHeadTable] = useState(true);
  const [hasDanceFloor, setDanceFloor] = useState(true);
  const guestCount = guests ?? (expected > 0 ? expected : 80);
  const wish = { arrangement, guestCount, hasHeadTable, hasDanceFloor };
  const { widthMm, depthMm } = own ?? usualRoom(wish);
  const room = planRoom({ ...wish, widthMm, depthMm });
  const create = useMutation(
    trpc.seating.createLayout.mutationOptions({
      onSuccess: (plan) => {
        const key = trpc.seating.getPlan.queryKey({ weddingId, eventId: event.id });
        queryClient.setQueryData(key, plan);
      },
    }),
  );
  const save = () =>
    create.mutate({
      weddingId,
      eventId: event.id,
      outline: room.outline,
      tables: room.tables,
      fixtures: room.fixtures,
    });
  return (
    <div className="grid gap-6 lg:grid-cols-[22rem_1fr]">
      <Form onSubmit={save} className="flex flex-col gap-5">
        <div>
          <h2 className="font-display text-2xl text-ink">The room of “{event.name}”</h2>
          <p className="mt-1 text-ink-soft">
            A first arrangement in ten seconds. Everything can be moved, added and taken out later.
          </p>
        </div>
        <div className="grid grid-cols-2 gap-4">
          <MetresField
            label="Width"
            valueMm={widthMm}
            minMm={3_000}
            stepMm={500}
            onChange={(width) => setOwn({ widthMm: width, depthMm })}
          />
          <MetresField
            label="Depth"
            valueMm={depthMm}
            minMm={3_000}
            stepMm={500}
            onChange={(depth) => setOwn({ widthMm, depthMm: depth })}
          />
        </div>
        <NumberField
          label="Guests to seat"
          description={
            expected > 0 ? `${plural(expected, 'guest')} invited and not declined` : undefined
          }
          value={guestCount}
          minValue={1}
          maxValue={2_000}
          onChange={(count) => setGuests(Number.isFinite(count) ? count : null)}
        />
        <RadioGroup
          label="Tables"
          options={(['rounds-8', 'rounds-10', 'banquet', 'long-rows', 'empty'] as const).map(
            (value) => ({ value, ...arrangementWords[value] }),
          )}
          value={arrangement}
          onChange={setArrangement}
        />
        <Switch isSelected={hasHeadTable} onChange={setHeadTable}>
          Head table for the couple and their witnesses
        </Switch>
        <Switch isSelected={hasDanceFloor} onChange={setDanceFloor}>
          Dance floor
        </Switch>
        {room.fits ? null : (
          <Callout tone="caution" title="The tables do not all fit">
            Some stand outside, below the room. Make the room larger, choose other tables, or go on
            and find a place for them by hand.
          </Callout>
        )}
        <FailureNote error={create.error} />
        <Button type="submit" variant="primary" size="lg" isPending={create.isPending}>
          {create.isPending
            ? 'Setting up…'
            : room.tables.length === 0
              ? 'Set up the empty room'
              : `Set up ${plural(room.tables.length, 'table')}, ${plural(room.seatCount, 'seat')}`}
        </Button>
      </Form>
      <RoomPreview room={room} widthMm={widthMm} />
    </div>
  );
}
