import type { RoomPoint, TableFeature, TableInput } from '@wedsync/contracts/seating';
import { depthOf, tableReach, usualTableSize } from '@wedsync/contracts/seating-geometry';
import { Button } from '@wedsync/ui/button';
import { Callout } from '@wedsync/ui/callout';
import { Checkbox } from '@wedsync/ui/checkbox';
import { CheckboxGroup } from '@wedsync/ui/checkbox-group';
import { Dialog } from '@wedsync/ui/dialog';
import { Form } from '@wedsync/ui/form';
import { NumberField } from '@wedsync/ui/number-field';
import { Select } from '@wedsync/ui/select';
import { Switch } from '@wedsync/ui/switch';
import { TextField } from '@wedsync/ui/text-field';
import { useState } from 'react';
import { plural } from '../../../lib/format.ts';
import { keysOf } from '../../../lib/keys-of.ts';
import { guestName, optionsOf } from '../../guests/words.ts';
import type { PlanIndex, TableView } from '../plan-model.ts';
import { useSeating } from '../plan-store.ts';
import { MetresField } from './metres.tsx';
import { featureWords, shapeWords } from './seat-words.ts';

interface TableDialogProps {
  /** Null for new ones. */
  view: TableView | null;
  /** Where a new one goes. */
  at: RoomPoint;
  onClose: () => void;
}

/** Numbers that no table has yet, upwards from the number of tables. */
function freeLabels(index: PlanIndex, first: string, count: number): string[] {
  const taken = new Set(index.tableList.map(({ table }) => table.label));
  const labels: string[] = [];
  if (first && !taken.has(first)) labels.push(first);
  for (let number = 1; labels.length < count; number++) {
    const label = String(number);
    if (!taken.has(label) && !labels.includes(label)) labels.push(label);
  }
  return labels;
}

const seatsMax = 60;
const tablesAtOnceMax = 40;

/** Adds tables, or changes one: shape, seats, measures, zone, what it offers, lock. */
export function TableDialog({ view, at, onClose }: TableDialogProps) {
  const { index, actions } = useSeating();
  const table = view?.table;
  const [label, setLabel] = useState(() => table?.label ?? freeLabels(index, '', 1)[0] ?? '');
  const [shape, setShape] = useState(table?.shape ?? 'round');
  const [seatCount, setSeatCount] = useState(table?.seatCount ?? 8);
  const [size, setSize] = useState(() =>
    table ? { widthMm: table.widthMm, depthMm: depthOf(table) } : usualTableSize('round', 8),
  );
  const [rotation, setRotation] = useState(table?.rotation ?? 0);
  const [zone, setZone] = useState(table?.zone ?? '');
  const [features, setFeatures] = useState<TableFeature[]>(table?.features ?? []);
  const [isLocked, setLocked] = useState(table?.isLocked ?? false);
  const [count, setCount] = useState(1);
  const lost = (view?.seats ?? []).filter(({ seat, guest }) => guest && seat.number > seatCount);

  const save = () => {
    onClose();
    const fields = { shape, seatCount, ...size, rotation, zone: zone.trim(), features, isLocked };
    if (table) return void actions.updateTable(table.id, { ...fields, label: label.trim() });
    const step = 2 * tableReach({ shape, seatCount, ...size }).xMm + 700;
    const tables = freeLabels(index, label.trim(), count).map(
      (free, number): TableInput => ({
        ...fields,
        label: free,
        xMm: Math.round(at.xMm + (number % 8) * step),
        yMm: Math.round(at.yMm + Math.floor(number / 8) * step),
      }),
    );
    void actions.addTables(tables);
  };
  const isTaken = index.tableList.some(
    (other) => other.table.id !== table?.id && other.table.label === label.trim(),
  );

  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      isDismissable={false}
      title={table ? `Table ${table.label}` : 'New table'}
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            type="submit"
            form="table"
            variant="primary"
            isDisabled={!label.trim() || isTaken}
          >
            {table ? 'Save' : count > 1 ? `Add ${plural(count, 'table')}` : 'Add table'}
          </Button>
        </>
      }
    >
      <Form id="table" onSubmit={save} className="flex flex-col gap-4">
        <div className="grid gap-4 sm:grid-cols-3">
          <TextField
            label="Name or number"
            value={label}
            onChange={setLabel}
            maxLength={40}
            isRequired
            isInvalid={isTaken}
            errorMessage={isTaken ? 'Another table is called so.' : undefined}
          />
          <Select
            label="Shape"
            options={optionsOf(shapeWords)}
            value={shape}
            onChange={(next) => {
              setShape(next);
              setSize(usualTableSize(next, seatCount));
            }}
          />
          <NumberField
            label="Seats"
            value={seatCount}
            minValue={1}
            maxValue={seatsMax}
            onChange={(next) => {
              if (!Number.isFinite(next)) return;
              setSeatCount(next);
              setSize(usualTableSize(shape, next));
            }}
          />
        </div>
        {lost.length > 0 ? (
          <Callout tone="caution" title={`${plural(lost.length, 'guest')} will lose their seat`}>
            {lost.map(({ guest }) => (guest ? guestName(guest) : '')).join(', ')} will wait in the
            list of guests without a seat.
          </Callout>
        ) : null}
        <div className="grid gap-4 sm:grid-cols-3">
          <MetresField
            label={shape === 'round' ? 'Diameter' : 'Width'}
            valueMm={size.widthMm}
            minMm={300}
            maxMm={30_000}
            onChange={(widthMm) =>
              setSize({ widthMm, depthMm: shape === 'round' ? widthMm : size.depthMm })
            }
          />
          {shape === 'round' ? null : (
            <MetresField
              label="Depth"
              valueMm={size.depthMm}
              minMm={300}
              maxMm={30_000}
              onChange={(depthMm) => setSize({ ...size, depthMm })}
            />
          )}
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
        <TextField
          label="Part of the room"
          placeholder="Terrace, gallery…"
          value={zone}
          onChange={setZone}
          maxLength={40}
        />
        <CheckboxGroup
          label="What the table offers"
          value={features}
          onChange={(chosen) =>
            setFeatures(keysOf(featureWords).filter((one) => chosen.includes(one)))
          }
        >
          {keysOf(featureWords).map((feature) => (
            <Checkbox key={feature} value={feature}>
              {featureWords[feature]}
            </Checkbox>
          ))}
        </CheckboxGroup>
        <Switch isSelected={isLocked} onChange={setLocked}>
          Locked: nobody and nothing changes who sits here
        </Switch>
        {table ? null : (
          <NumberField
            label="How many of these"
            value={count}
            minValue={1}
            maxValue={tablesAtOnceMax}
            onChange={(next) => {
              if (Number.isFinite(next)) setCount(next);
            }}
          />
        )}
      </Form>
    </Dialog>
  );
}
