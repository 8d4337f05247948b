import type { FixtureKind, RoomPoint, SeatingFixture } from '@wedsync/contracts/seating';
import { Button } from '@wedsync/ui/button';
import { Dialog } from '@wedsync/ui/dialog';
import { Form } from '@wedsync/ui/form';
import { NumberField } from '@wedsync/ui/number-field';
import { Select } from '@wedsync/ui/select';
import { TextField } from '@wedsync/ui/text-field';
import { useState } from 'react';
import { optionsOf } from '../../guests/words.ts';
import { useSeating } from '../plan-store.ts';
import { MetresField } from './metres.tsx';
import { fixtureWords } from './seat-words.ts';

/** Usual measures, width by depth, in millimetres. */
const usualSizes: Record<FixtureKind, [number, number]> = {
  door: [1_800, 200],
  'kitchen-pass': [1_600, 200],
  'dance-floor': [5_000, 5_000],
  stage: [5_000, 3_000],
  band: [4_000, 2_500],
  bar: [3_000, 800],
  buffet: [4_000, 900],
  cake: [900, 900],
  'photo-booth': [2_000, 2_000],
  wall: [4_000, 120],
  pillar: [500, 500],
  window: [2_000, 150],
  step: [2_000, 300],
  restroom: [2_000, 2_000],
  other: [1_500, 1_000],
};

interface FixtureDialogProps {
  /** Null for a new one. */
  fixture: SeatingFixture | null;
  at: RoomPoint;
  onClose: () => void;
}

/** Adds a door, a dance floor, a pillar, or changes one. */
export function FixtureDialog({ fixture, at, onClose }: FixtureDialogProps) {
  const { actions } = useSeating();
  const [kind, setKind] = useState<FixtureKind>(fixture?.kind ?? 'dance-floor');
  const [label, setLabel] = useState(fixture?.label ?? '');
  const [widthMm, setWidth] = useState(fixture?.widthMm ?? usualSizes['dance-floor'][0]);
  const [depthMm, setDepth] = useState(fixture?.depthMm ?? usualSizes['dance-floor'][1]);
  const [rotation, setRotation] = useState(fixture?.rotation ?? 0);
  const save = () => {
    onClose();
    const fields = { kind, label: label.trim(), widthMm, depthMm, rotation };
    if (fixture) void actions.updateFixture(fixture.id, fields);
    else void actions.addFixtures([{ ...fields, xMm: at.xMm, yMm: at.yMm }]);
  };
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      isDismissable={false}
      title={fixture ? fixture.label || fixtureWords[fixture.kind] : 'Put into the room'}
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button type="submit" form="fixture" variant="primary">
            {fixture ? 'Save' : 'Add'}
          </Button>
        </>
      }
    >
      <Form id="fixture" onSubmit={save} className="flex flex-col gap-4">
        <div className="grid gap-4 sm:grid-cols-2">
          <Select
            label="What it is"
            options={optionsOf(fixtureWords)}
            value={kind}
            onChange={(next) => {
              setKind(next);
              setWidth(usualSizes[next][0]);
              setDepth(usualSizes[next][1]);
            }}
          />
          <TextField
            label="Name on the plan"
            placeholder={fixtureWords[kind]}
            value={label}
            onChange={setLabel}
            maxLength={60}
          />
        </div>
        <div className="grid gap-4 sm:grid-cols-3">
          <MetresField label="Width" valueMm={widthMm} onChange={setWidth} />
          <MetresField label="Depth" valueMm={depthMm} onChange={setDepth} />
          <NumberField
            label="Turned by"
            value={rotation}
            minValue={0}
            maxValue={359}
            step={1}
            formatOptions={{ style: 'unit', unit: 'degree' }}
            onChange={(next) => {
              if (Number.isFinite(next)) setRotation(next);
            }}
          />
        </div>
      </Form>
    </Dialog>
  );
}
