import type { SeatingGuest } from '@wedsync/contracts/seating';
import { chairMm, type SeatPlace } from '@wedsync/contracts/seating-geometry';
import { guestName } from '../../guests/words.ts';
import type { SeatView } from '../plan-model.ts';
import type { Detail } from './geometry/viewport.ts';
import { hasAllergy, initialsOf, seatLabel } from './seat-words.ts';

const radius = chairMm / 2 - 12;

interface SeatMarkProps {
  view: SeatView;
  place: SeatPlace;
  detail: Detail;
  isSelected: boolean;
  /** Names of others who have this guest selected. */
  heldBy: string;
  tabIndex: 0 | -1 | undefined;
}

/** Look of a chair by what is known of who sits on it. */
function toneOf({ guest, assignment }: SeatView, isSelected: boolean): string {
  if (isSelected) return 'fill-accent stroke-accent';
  if (!assignment) return 'fill-surface stroke-line-strong [stroke-dasharray:3_3]';
  if (guest?.answer === 'no') return 'fill-critical-soft stroke-critical';
  if (guest && guest.answer !== 'yes') return 'fill-caution-soft stroke-caution';
  return 'fill-accent-soft stroke-accent-ink/70';
}

/** A chair from above, with whoever sits on it as far as the scale lets one read. */
export function SeatMark(props: SeatMarkProps) {
  const { view, place, detail, isSelected, heldBy, tabIndex } = props;
  const isReadable = detail === 'initials' || detail === 'names';
  const { guest, seat } = view;
  const button = isReadable
    ? {
        role: 'button',
        tabIndex,
        'aria-label': seatLabel(view),
        'aria-pressed': isSelected,
        'data-focus-key': `seat:${seat.tableId}:${seat.number}`,
      }
    : {};
  return (
    <g transform={`translate(${Math.round(place.xMm)} ${Math.round(place.yMm)})`}>
      <g {...button} className="group/seat cursor-pointer outline-none">
        <circle r={radius} className={`${toneOf(view, isSelected)} seat-shape`} />
        <circle
          r={radius + 30}
          className="plan-line fill-none stroke-3 stroke-focus opacity-0 group-focus-visible/seat:opacity-100"
        />
      </g>
      {heldBy ? (
        <circle r={radius + 45} className="plan-line fill-none stroke-3 stroke-info" />
      ) : null}
      {/* Beside the button, not in it: its name says more than these letters. */}
      <g className="pointer-events-none select-none">
        {isReadable ? (
          <SeatContent {...{ view, detail, isSelected }} />
        ) : guest && hasAllergy(guest) ? (
          <circle r={70} className="fill-critical" />
        ) : null}
      </g>
    </g>
  );
}

function SeatContent(props: Pick<SeatMarkProps, 'view' | 'detail' | 'isSelected'>) {
  const { guest, seat, assignment } = props.view;
  if (guest) {
    return (
      <>
        <GuestText guest={guest} detail={props.detail} isSelected={props.isSelected} />
        <GuestMarks guest={guest} isLocked={assignment?.isLocked} />
      </>
    );
  }
  if (assignment || props.detail !== 'names') return null;
  return (
    <text className="fill-ink-faint text-[110px]" textAnchor="middle" y={38}>
      {seat.number}
    </text>
  );
}

/** Largest letters that keep a word inside the chair. */
const fitting = (word: string) =>
  Math.round(Math.min(120, Math.max(62, (chairMm * 0.86) / (0.56 * Math.max(1, word.length)))));

const shortened = (word: string) => (word.length > 11 ? `${word.slice(0, 10)}…` : word);

function GuestText(props: { guest: SeatingGuest; detail: Detail; isSelected: boolean }) {
  const { guest, detail, isSelected } = props;
  const tone = isSelected ? 'fill-on-accent' : 'fill-ink';
  if (detail === 'initials') {
    return (
      <text className={`${tone} font-medium text-[170px]`} textAnchor="middle" y={60}>
        {initialsOf(guest)}
      </text>
    );
  }
  const [first, last] = [shortened(guest.firstName), shortened(guest.lastName)];
  if (!first || !last) {
    const name = shortened(first || last || guestName(guest));
    return (
      <text className={`${tone} font-medium`} fontSize={fitting(name)} textAnchor="middle" y={30}>
        {name}
      </text>
    );
  }
  return (
    <text className={`${tone} font-medium`} textAnchor="middle">
      <tspan x={0} y={-8} fontSize={fitting(first)}>
        {first}
      </tspan>
      <tspan x={0} y={100} fontSize={Math.min(92, fitting(last))}>
        {last}
      </tspan>
    </text>
  );
}

/** Allergy, diet, accessibility, lock: told apart by form as well as by colour. */
function GuestMarks(props: { guest: SeatingGuest; isLocked: boolean | undefined }) {
  const { guest, isLocked } = props;
  const isAllergic = hasAllergy(guest);
  return (
    <>
      {isAllergic ? (
        <g transform="translate(150 -150)">
          <path d="M0 -95 L90 68 L-90 68 Z" className="fill-critical" strokeLinejoin="round" />
          <path d="M0 -38 V16 M0 42 V44" className="stroke-[22] stroke-on-critical" />
        </g>
      ) : guest.diets.length > 0 ? (
        <path
          transform="translate(150 -150)"
          d="M-62 62 C-86 -34 -10 -82 78 -70 C84 22 36 82 -34 62 Z"
          className="fill-positive"
        />
      ) : null}
      {guest.accessibility.length > 0 ? (
        <g transform="translate(-150 -150)">
          <rect x={-72} y={-72} width={144} height={144} rx={30} className="fill-info" />
          <path
            d="M0 -34 V12 H34 L48 44 M-8 -8 A34 34 0 1 0 34 44"
            className="fill-none stroke-[18] stroke-surface"
            strokeLinecap="round"
          />
          <circle cy={-46} r={15} className="fill-surface" />
        </g>
      ) : null}
      {isLocked ? (
        <g transform="translate(-150 150)">
          <LockGlyph />
        </g>
      ) : null}
    </>
  );
}

/** A padlock of 160 mm, around the origin. */
export function LockGlyph() {
  return (
    <>
      <circle r={80} className="fill-ink" />
      <path
        d="M-22 -6 V-24 A22 22 0 0 1 22 -24 V-6"
        className="fill-none stroke-[16] stroke-surface"
      />
      <rect x={-36} y={-8} width={72} height={50} rx={10} className="fill-surface" />
    </>
  );
}
