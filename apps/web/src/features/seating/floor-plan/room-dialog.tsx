import type { RoomPoint } from '@wedsync/contracts/seating';
import { boundsOf } from '@wedsync/contracts/seating-geometry';
import { Button } from '@wedsync/ui/button';
import { Dialog } from '@wedsync/ui/dialog';
import { Form } from '@wedsync/ui/form';
import { IconButton } from '@wedsync/ui/icon-button';
import { NumberField } from '@wedsync/ui/number-field';
import { RadioGroup } from '@wedsync/ui/radio-group';
import { TextArea } from '@wedsync/ui/text-area';
import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useSeating } from '../plan-store.ts';
import { rectangleOutline } from './geometry/room-templates.ts';
import { MetresField } from './metres.tsx';

type Walls = 'rectangle' | 'corner' | 'own';
const wallWords: Record<Walls, string> = {
  rectangle: 'Rectangle',
  corner: 'L-shape',
  own: 'Corner by corner',
};

/** A room with one corner taken out, lower right. */
const cornerOutline = (
  size: { widthMm: number; depthMm: number },
  cut: { x: number; y: number },
) => {
  const { widthMm, depthMm } = size;
  return [
    { xMm: 0, yMm: 0 },
    { xMm: widthMm, yMm: 0 },
    { xMm: widthMm, yMm: depthMm - cut.y },
    { xMm: widthMm - cut.x, yMm: depthMm - cut.y },
    { xMm: widthMm - cut.x, yMm: depthMm },
    { xMm: 0, yMm: depthMm },
  ];
};

const isRectangle = (outline: readonly RoomPoint[]) =>
  outline.length === 4 &&
  outline.every(({ xMm, yMm }, at) => {
    const next = outline[(at + 1) % 4];
    return next !== undefined && (next.xMm === xMm || next.yMm === yMm);
  });

/** The walls of the room, how many it may hold, and notes for whoever sets it up. */
export function RoomDialog({ onClose }: { onClose: () => void }) {
  const { plan, actions } = useSeating();
  const { layout } = plan;
  const box = boundsOf(layout.outline) ?? { widthMm: 15_000, depthMm: 10_000 };
  const [walls, setWalls] = useState<Walls>(isRectangle(layout.outline) ? 'rectangle' : 'own');
  const [widthMm, setWidth] = useState(box.widthMm);
  const [depthMm, setDepth] = useState(box.depthMm);
  const [cut, setCut] = useState({
    x: Math.round(box.widthMm / 2_000) * 1_000,
    y: Math.round(box.depthMm / 2_000) * 1_000,
  });
  const [corners, setCorners] = useState<RoomPoint[]>(layout.outline);
  const [capacity, setCapacity] = useState(layout.capacity ?? Number.NaN);
  const [notes, setNotes] = useState(layout.notes);
  const outlines: Record<Walls, () => RoomPoint[]> = {
    rectangle: () => rectangleOutline({ widthMm, depthMm }),
    corner: () => cornerOutline({ widthMm, depthMm }, cut),
    own: () => corners,
  };
  const save = () => {
    onClose();
    void actions.updateLayout({
      outline: outlines[walls](),
      capacity: Number.isFinite(capacity) ? capacity : null,
      notes,
    });
  };
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      isDismissable={false}
      title="The room"
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button type="submit" form="room" variant="primary">
            Save
          </Button>
        </>
      }
    >
      <Form id="room" onSubmit={save} className="flex flex-col gap-4">
        <RadioGroup
          label="Walls"
          options={[
            { value: 'rectangle', label: wallWords.rectangle },
            { value: 'corner', label: wallWords.corner },
            { value: 'own', label: wallWords.own },
          ]}
          value={walls}
          onChange={setWalls}
        />
        {walls === 'own' ? (
          <Corners corners={corners} onChange={setCorners} />
        ) : (
          <div className="grid gap-4 sm:grid-cols-2">
            <MetresField label="Width" valueMm={widthMm} minMm={2_000} onChange={setWidth} />
            <MetresField label="Depth" valueMm={depthMm} minMm={2_000} onChange={setDepth} />
            {walls === 'corner' ? (
              <>
                <MetresField
                  label="Missing corner, width"
                  valueMm={cut.x}
                  maxMm={widthMm - 1_000}
                  onChange={(x) => setCut({ ...cut, x })}
                />
                <MetresField
                  label="Missing corner, depth"
                  valueMm={cut.y}
                  maxMm={depthMm - 1_000}
                  onChange={(y) => setCut({ ...cut, y })}
                />
              </>
            ) : null}
          </div>
        )}
        <NumberField
          label="Most people allowed in the room"
          description="By law or by the venue. You are warned before it is passed."
          value={capacity}
          minValue={1}
          maxValue={10_000}
          onChange={setCapacity}
        />
        <TextArea
          label="Notes for setting up"
          value={notes}
          onChange={setNotes}
          maxLength={2_000}
        />
      </Form>
    </Dialog>
  );
}

const cornersMin = 3;

/** Every corner in metres from the upper left, in their order round the room. */
function Corners(props: { corners: RoomPoint[]; onChange: (corners: RoomPoint[]) => void }) {
  const { corners, onChange } = props;
  const set = (at: number, patch: Partial<RoomPoint>) =>
    onChange(corners.map((corner, other) => (other === at ? { ...corner, ...patch } : corner)));
  const last = corners.at(-1) ?? { xMm: 0, yMm: 0 };
  const rows = corners.map((corner, at) => ({ corner, at, key: `corner-${at}` }));
  return (
    <div className="space-y-2">
      <ul className="m-0 list-none space-y-2 p-0">
        {rows.map(({ corner, at, key }) => (
          <li key={key} className="flex items-end gap-2">
            <MetresField
              label={`Corner ${at + 1}, from the left`}
              valueMm={corner.xMm}
              minMm={0}
              onChange={(xMm) => set(at, { xMm })}
            />
            <MetresField
              label={`Corner ${at + 1}, from the top`}
              valueMm={corner.yMm}
              minMm={0}
              onChange={(yMm) => set(at, { yMm })}
            />
            <IconButton
              label={`Remove corner ${at + 1}`}
              isDisabled={corners.length <= cornersMin}
              onPress={() => onChange(corners.filter((_, other) => other !== at))}
            >
              <Trash2 aria-hidden="true" />
            </IconButton>
          </li>
        ))}
      </ul>
      <Button size="sm" onPress={() => onChange([...corners, { ...last, yMm: last.yMm + 1_000 }])}>
        <Plus aria-hidden="true" />
        Add a corner
      </Button>
    </div>
  );
}
