/** Keeps a figure and its unit on one line. */
const noBreak = '\u00a0';

const units = ['bytes', 'KB', 'MB', 'GB', 'TB'];

/** "8 bytes", "12 MB", "1.4 GB": powers of 1,000, as disks are sold. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1_000 && unit < units.length - 1) {
    value /= 1_000;
    unit += 1;
  }
  const digits = unit > 0 && value < 10 ? 1 : 0;
  return `${value.toFixed(digits)}${noBreak}${units[unit]}`;
}

const steps: [string, number][] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
];

/** The two largest units of a span: "3 d 4 h", "2 min 5 s", "840 ms". */
export function formatSpan(spanMs: number): string {
  const first = steps.findIndex(([, size]) => spanMs >= size);
  if (first < 0) return `${Math.round(spanMs)}${noBreak}ms`;
  let rest = spanMs;
  const parts: string[] = [];
  for (const [name, size] of steps.slice(first, first + 2)) {
    const count = Math.floor(rest / size);
    if (count > 0) parts.push(`${count}${noBreak}${name}`);
    rest -= count * size;
  }
  return parts.join(' ');
}

/** The largest unit of a span alone, for large figures: "7 min". */
export function formatSpanRoughly(spanMs: number): string {
  const [name, size] = steps.find(([, unit]) => spanMs >= unit) ?? ['ms', 1];
  return `${Math.round(spanMs / size)}${noBreak}${name}`;
}

/** "99.4 %" */
export function formatShare(share: number): string {
  return `${(share * 100).toFixed(share >= 0.9995 || share === 0 ? 0 : 1)} %`;
}
