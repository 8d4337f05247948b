import type { FixtureKind, SeatingFixture } from '@wedsync/contracts/seating';
import { rotatePoint } from '@wedsync/contracts/seating-geometry';
import { memo } from 'react';
import { fixtureWords } from './seat-words.ts';

/** Walls and the like are part of the building; the rest is furniture. */
const looks: Partial<Record<FixtureKind, string>> = {
  wall: 'fill-ink-soft stroke-ink-soft',
  pillar: 'fill-ink-soft stroke-ink-soft',
  window: 'fill-info-soft stroke-info',
  door: 'fill-canvas stroke-ink-soft',
  'kitchen-pass': 'fill-caution-soft stroke-caution',
  'dance-floor': 'fill-hover stroke-line-strong [stroke-dasharray:6_5]',
  step: 'fill-caution-soft stroke-caution [stroke-dasharray:2_3]',
};
const furniture = 'fill-rose-soft stroke-rose/60';
const isBare = (kind: FixtureKind) => kind === 'wall' || kind === 'pillar' || kind === 'window';

interface FixtureMarkProps {
  fixture: SeatingFixture;
  isSelected: boolean;
  /** Fixtures are reached by the keyboard while the room is arranged. */
  isArranging: boolean;
  isFocused: boolean;
}

/** Something of the room that is no table: a door, the dance floor, a pillar. */
export const FixtureMark = memo(function FixtureMark(props: FixtureMarkProps) {
  const { fixture, isSelected, isArranging, isFocused } = props;
  const { kind, widthMm, depthMm, rotation } = fixture;
  const label = fixture.label || fixtureWords[kind];
  const box = { x: -widthMm / 2, y: -depthMm / 2, width: widthMm, height: depthMm };
  const look = isSelected ? 'fill-accent-soft stroke-accent stroke-3' : (looks[kind] ?? furniture);
  const isRound = kind === 'pillar' || kind === 'cake';
  const words =
    fixture.label && fixture.label !== fixtureWords[kind]
      ? `${fixtureWords[kind]}, ${label}`
      : label;
  return (
    <g
      transform={`translate(${fixture.xMm} ${fixture.yMm})`}
      data-thing={`fixture:${fixture.id}`}
      {...(isArranging
        ? {
            role: 'button',
            tabIndex: isFocused ? 0 : -1,
            'aria-label': words,
            'aria-pressed': isSelected,
            'data-focus-key': `fixture:${fixture.id}`,
            className: 'group/fixture cursor-move outline-none',
          }
        : { role: 'img', 'aria-label': words })}
    >
      <g transform={rotation ? `rotate(${rotation})` : undefined}>
        {isRound ? (
          <ellipse rx={widthMm / 2} ry={depthMm / 2} className={`${look} plan-line`} />
        ) : (
          <rect {...box} rx={kind === 'wall' ? 0 : 60} className={`${look} plan-line`} />
        )}
        {kind === 'door' ? <DoorSwing widthMm={widthMm} /> : null}
        <rect
          x={box.x - 60}
          y={box.y - 60}
          width={widthMm + 120}
          height={depthMm + 120}
          rx={80}
          className="plan-line fill-none stroke-3 stroke-focus opacity-0 group-focus-visible/fixture:opacity-100"
        />
      </g>
      {isBare(kind) ? null : <FixtureText fixture={fixture} label={label} />}
    </g>
  );
});

/** Both leaves of a door, opening into the room. */
function DoorSwing({ widthMm }: { widthMm: number }) {
  const half = widthMm / 2;
  return (
    <path
      d={`M${-half} 0 V${-half} A${half} ${half} 0 0 1 0 0 A${half} ${half} 0 0 1 ${half} ${-half} V0`}
      className="plan-line fill-none stroke-line-strong"
    />
  );
}

/** Inside where there is room; else behind the thing, away from where a door opens. */
function FixtureText({ fixture, label }: { fixture: SeatingFixture; label: string }) {
  const { widthMm, depthMm, rotation } = fixture;
  const isTurned = rotation % 180 !== 0;
  const [width, depth] = isTurned ? [depthMm, widthMm] : [widthMm, depthMm];
  const isThin = Math.min(width, depth) < 500;
  const largest = isThin ? 360 : Math.min(depth * 0.5, (width * 1.6) / Math.max(3, label.length));
  const size = `min(${Math.round(Math.max(120, largest))}px, calc(var(--u, 20) * 12.5px))`;
  const behind = rotatePoint({ xMm: 0, yMm: 330 }, rotation);
  const place = `translate(${Math.round(behind.xMm)} ${Math.round(behind.yMm)})`;
  return (
    <text
      textAnchor="middle"
      dominantBaseline="central"
      transform={isThin ? `${place}${isTurned ? ' rotate(-90)' : ''}` : undefined}
      className="pointer-events-none select-none fill-ink-soft"
      style={{ fontSize: size }}
    >
      {label}
    </text>
  );
}
