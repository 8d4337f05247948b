import {
  Slider as AriaSlider,
  type SliderProps as AriaSliderProps,
  Label,
  SliderFill,
  SliderOutput,
  SliderThumb,
  SliderTrack,
} from 'react-aria-components';

interface SliderProps
  extends Omit<AriaSliderProps<number>, 'className' | 'style' | 'children' | 'orientation'> {
  label: string;
  /** What the value means in words, beside the label. */
  valueText: string;
  /** What the two ends mean. */
  ends: readonly [least: string, most: string];
}

/** A figure between two ends, where the exact one matters less than the direction. */
export function Slider({ label, valueText, ends, ...props }: SliderProps) {
  return (
    <AriaSlider {...props} className="flex flex-col gap-1">
      <div className="flex items-baseline justify-between gap-4">
        <Label className="font-medium text-ink text-sm">{label}</Label>
        <SliderOutput className="text-right text-ink-soft text-sm">{valueText}</SliderOutput>
      </div>
      <SliderTrack className="group relative h-6 cursor-pointer data-disabled:cursor-not-allowed data-disabled:opacity-50">
        <span className="absolute inset-x-0 top-1/2 h-1.5 -translate-y-1/2 overflow-hidden rounded-full bg-line-strong/60">
          <SliderFill className="bg-accent" />
        </span>
        <SliderThumb className="top-1/2 size-6 rounded-full border-2 border-accent bg-surface shadow-card data-dragging:bg-accent-soft data-focus-visible:outline-2 data-focus-visible:outline-focus data-focus-visible:outline-offset-2" />
      </SliderTrack>
      <div aria-hidden="true" className="flex justify-between gap-4 text-ink-soft text-xs">
        <span>{ends[0]}</span>
        <span className="text-right">{ends[1]}</span>
      </div>
    </AriaSlider>
  );
}
